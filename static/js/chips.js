// The chips of the answers. A change counts once it is sent: what was typed goes when its chip closes. Escape closes one.

const CHIP = "details.chip[name]";
const FIELDS = ":is(input:not([type=hidden], [type=search]), select)";
let answers; // of the verdict on the screen, by field
let sent = null; // what the next one was asked for with

const keyOf = ({ type, name, value }) => (type === "checkbox" ? `${name}=${value}` : name);
const answerOf = (field) => {
  if (field.type === "checkbox") return field.defaultChecked;
  return field.options ? [...field.options].find((option) => option.defaultSelected)?.value : field.defaultValue;
};
const fieldsOf = (read) => {
  const fields = [...document.querySelectorAll(`${CHIP} ${FIELDS}`)];
  return new Map(fields.map((field) => [keyOf(field), read(field)]));
};

const reset = (chip) => {
  for (const field of chip.querySelectorAll(FIELDS)) {
    const answer = (sent ?? answers).get(keyOf(field));
    if (field.type === "checkbox") field.checked = answer;
    else field.value = answer ?? "";
  }
  for (const mistake of chip.querySelectorAll(".field__error[id]")) {
    const field = chip.querySelector(`[aria-describedby="${mistake.id}"]`);
    for (const name of ["aria-invalid", "aria-describedby"]) field.removeAttribute(name);
    mistake.remove();
  }
  for (const choices of chip.querySelectorAll(".choices")) choices.remove();
};

document.addEventListener("toggle", ({ target }) => target.matches(CHIP) && !target.open && reset(target), true);
// A switch and a button for years of work send the answers too: without what is half typed.
for (const [event, control] of [["change", ".switch__box"], ["click", "[name=worked]"]]) {
  document.addEventListener(event, ({ target }) => {
    if (target.matches(control)) document.querySelectorAll(`${CHIP}[open]`).forEach(reset);
  }, true);
}
document.addEventListener("keydown", (event) => {
  const chip = event.target.closest(`${CHIP}[open]`);
  if (!chip || event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
  chip.open = false;
  chip.querySelector("summary").focus();
});
// A change that is on its way is not lost with the next one, which replaces it.
document.addEventListener("htmx:beforeSend", ({ detail: { target } }) => {
  if (target.id === "verdict") sent = fieldsOf(({ type, checked, value }) => (type === "checkbox" ? checked : value));
});
document.addEventListener("htmx:afterSwap", ({ detail: { target, xhr } }) => {
  if (target.id !== "verdict") return;
  sent = null;
  if (xhr.status !== 422) answers = fieldsOf(answerOf);
});
answers = fieldsOf(answerOf);
