// The chips of the answers. A change counts once it is sent: what was typed goes when its chip closes. Escape closes one.

const CHIP = "details.chip[name]";
const FIELDS = ":is(input:not([type=hidden], [type=search]), select)";
let answers = new Map(); // of the verdict on the screen, by field

const keyOf = ({ type, name, value }) => (type === "checkbox" ? `${name}=${value}` : name);
const answerOf = (field) => {
  if (field.type === "checkbox") return field.defaultChecked;
  return field.options ? [...field.options].find((option) => option.defaultSelected)?.value : field.defaultValue;
};
const read = () => {
  const fields = [...document.querySelectorAll(`${CHIP} ${FIELDS}`)];
  answers = new Map(fields.map((field) => [keyOf(field), answerOf(field)]));
};

const reset = (chip) => {
  for (const field of chip.querySelectorAll(FIELDS)) {
    const answer = answers.get(keyOf(field));
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
// A switch sends the answers too: without what is half typed.
document.addEventListener("change", ({ target }) => {
  if (target.matches(".switch__box")) document.querySelectorAll(`${CHIP}[open]`).forEach(reset);
}, true);
document.addEventListener("keydown", (event) => {
  const chip = event.target.closest(`${CHIP}[open]`);
  if (!chip || event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
  chip.open = false;
  chip.querySelector("summary").focus();
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id === "verdict" && detail.xhr.status !== 422) read();
});
read();
