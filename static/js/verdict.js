// After the panel is swapped: names the page, says once what the change did, and keeps in place what was in use.

let typedAt = 0; // what was asked before the last key was pressed is out of date
let askedAt = 0;
let trigger = "";
let before = null;

const isPanel = ({ target }) => target?.id === "verdict";
const nameOf = ({ id, localName, parentElement }) => {
  if (id) return `#${CSS.escape(id)}`;
  return localName === "summary" && parentElement.id ? `#${parentElement.id} > summary` : "";
};
const say = ({ textContent }) => (document.getElementById("announcer").textContent = textContent);
const reopen = (kind) => {
  for (const each of document.querySelectorAll(kind)) each.open ||= before.open.includes(each.id);
};
const topOf = (element) => element.getBoundingClientRect().top;

document.addEventListener("input", ({ target }) => {
  if (target.form?.matches("[hx-get]")) typedAt = performance.now();
});
addEventListener("popstate", () => (typedAt = performance.now()));

document.addEventListener("htmx:configRequest", ({ detail }) => {
  // The page's address is the verdict on the screen: the server compares the new one with it.
  if (isPanel(detail)) detail.parameters.was = location.search.slice(1);
});

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (!isPanel(detail)) return;
  askedAt = performance.now();
  trigger = detail.requestConfig.triggeringEvent?.type;
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!isPanel(detail)) return;
  // What was typed since is about to be asked itself, and half of a number is no mistake until its field is left.
  if (typedAt > askedAt || (trigger === "input" && detail.xhr.status === 422)) detail.shouldSwap = false;
  const details = [...document.querySelectorAll("#verdict details[id]")];
  const used = document.activeElement.closest("#verdict") ? document.activeElement : null;
  const chip = used?.closest("details.chip");
  const isDone = trigger === "submit" && chip; // the chip closes, and its face has the focus
  const open = details.filter((each) => each.open && !(isDone && each === chip)).map(({ id }) => id);
  const kept = isDone ? chip.querySelector("summary") : used;
  const selector = kept && nameOf(kept);
  before = { open, selector, top: kept && topOf(kept) };
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const panel = document.getElementById("verdict");
  if (!panel || !isPanel(detail)) return;
  document.title = panel.dataset.title;
  const mistakes = document.getElementById("error-summary");
  if (mistakes && trigger === "submit") return mistakes.focus(); // and the focus says what it is
  say(panel.querySelector(".live__text") ?? panel.querySelector("h1"));
  reopen("details.chip");
  if (before.top === null) return;
  const used = before.selector ? panel.querySelector(before.selector) : null;
  (used ?? panel).focus({ preventScroll: true });
  if (used) scrollBy({ top: topOf(used) - before.top, behavior: "instant" });
});

// Only now does htmx hear that a detail opens, and load it.
document.addEventListener("htmx:afterSettle", ({ detail }) => isPanel(detail) && reopen("details.fold"));

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail }) => {
    if (isPanel(detail)) return (detail.elt.form ?? detail.elt).submit(); // the plain form says why it cannot be had
    const said = detail.elt.querySelector(".load-note__failure");
    if (!said) return;
    said.hidden = false;
    say(said);
  });
}
