// A place field with a list of places: a combobox for the keyboard, the mouse and touch.

let settled = null; // the text whose list was closed: its list does not open by itself
let speaking = 0;
const FIELD = "input[data-places]";
const listOf = (field) => document.getElementById(field.dataset.places);
const fieldOf = (list) => document.querySelector(`[data-places="${list.id}"]`);
const optionsOf = (list) => [...list.querySelectorAll("[data-place]")];

const prepare = () => {
  for (const field of document.querySelectorAll(`${FIELD}:not([role])`)) {
    Object.assign(field, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" });
    field.setAttribute("aria-controls", field.dataset.places);
  }
};

const activate = (field, active) => {
  for (const option of optionsOf(listOf(field))) option.ariaSelected = String(option === active);
  field.setAttribute("aria-activedescendant", active?.id ?? "");
  active?.scrollIntoView({ block: "nearest" });
};

const show = (field, isOpen = true) => {
  clearTimeout(speaking);
  if (!isOpen) settled = field.value;
  listOf(field).hidden = !isOpen;
  field.ariaExpanded = String(isOpen);
  activate(field, null);
};
const close = (field) => show(field, false);
const put = (field, text, event) => {
  field.value = text;
  close(field);
  field.dispatchEvent(new Event(event, { bubbles: true }));
};

const announce = (list) => {
  const { length } = optionsOf(list); // without any the list says so itself
  document.getElementById("announcer").textContent = length ? `Places found: ${length}.` : list.textContent;
};

const move = (field, step) => {
  const options = optionsOf(listOf(field));
  if (!options.length) return;
  const now = options.findIndex((option) => option.id === field.getAttribute("aria-activedescendant"));
  show(field);
  activate(field, options.at(now < 0 && step < 0 ? -1 : (now + step) % options.length));
};

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!field.matches(FIELD) || event.isComposing) return;
  const active = document.getElementById(field.getAttribute("aria-activedescendant"));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") move(field, event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter" && active) put(field, active.dataset.place, "change");
  else if (event.key === "Escape" && listOf(field).hidden && field.closest("details[name]")) return; // closes the chip
  else if (event.key === "Escape" && listOf(field).hidden) put(field, "", "input");
  else if (event.key === "Escape") close(field);
  else return;
  event.preventDefault();
});

document.addEventListener("input", ({ target }) => target.matches(FIELD) && activate(target, null));
document.addEventListener("focusout", ({ target }) => target.matches(FIELD) && close(target));
// A press on the list leaves the focus where it is: leaving the field would send what is half typed.
document.addEventListener("mousedown", (event) => event.target.closest(".places") && event.preventDefault());
document.addEventListener("click", ({ target }) => {
  const option = target.closest("[data-place]");
  if (option) put(fieldOf(option.parentElement), option.dataset.place, "change");
  else if (!target.closest(".places-field")) document.querySelectorAll(`${FIELD}[aria-expanded="true"]`).forEach(close);
});
document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
  prepare();
  if (!target.matches(".places")) return;
  const field = fieldOf(target);
  optionsOf(target).forEach((option, place) => (option.id = `${target.id}-${place}`));
  show(field, field === document.activeElement && field.value !== settled && target.childElementCount > 0);
  if (!target.hidden) speaking = setTimeout(announce, 400, target);
});
prepare();
