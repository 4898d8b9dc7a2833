// After the panel is swapped: names the page, says once what the change did, and keeps in place what was in use.
// Where it cannot be had it is asked for as a page, which says why; a part says that it is missing.

let typedAt = 0;
let leftAt = 0; // what was asked before Back is out of date
let askedAt = 0;
let trigger = "";
let before = null;

const TYPED = "#answers details[open] :is(input:not([type=checkbox], [type=hidden], [type=search]), select)";
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
const bringIntoView = (element) => element.scrollIntoView({ block: "nearest", behavior: "instant" });

// A field is read with what is wrong with it. Its group is not, where a box in it keeps the focus.
const showMistake = (mistake, used) => {
  const chip = mistake.closest("details[name]");
  chip.open = true; // it was closed as the second of its name when it came into the page
  const field = document.querySelector(`[aria-describedby="${mistake.id}"]`);
  const box = used?.type === "checkbox" && field.contains(used) ? used : null;
  (box ?? field).focus({ preventScroll: true });
  if (box) say(mistake);
  for (const each of [chip, mistake.parentElement, mistake, box ?? field]) bringIntoView(each);
};

document.addEventListener("input", ({ target }) => {
  if (target.form?.matches("[hx-get]")) typedAt = performance.now();
});
addEventListener("popstate", () => (leftAt = performance.now()));

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
  if (leftAt > askedAt) detail.shouldSwap = false;
  const typed = typedAt > askedAt ? [...document.querySelectorAll(TYPED)].map(({ name, value }) => [name, value]) : [];
  const details = [...document.querySelectorAll("#verdict details[id]")];
  const used = document.activeElement.closest("#verdict") ? document.activeElement : null;
  const chip = used?.closest("details.chip");
  // The chip closes, and its face has the focus.
  const isDone = trigger === "submit" && chip && detail.xhr.status !== 422 && !typed.length;
  const open = details.filter((each) => each.open && !(isDone && each === chip)).map(({ id }) => id);
  const kept = isDone ? chip.querySelector("summary") : used;
  const places = []; // what vanishes leaves the focus to what it was in
  for (let each = kept ?? detail.target; each; each = each.parentElement) places.push([nameOf(each), topOf(each)]);
  before = { open, typed, kept, places };
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const panel = document.getElementById("verdict");
  if (!panel || !isPanel(detail)) return;
  document.title = panel.dataset.title;
  const summary = document.getElementById("error-summary");
  if (summary) return summary.focus(); // and the focus says what it is
  const [name, top] = before.places.find(([name]) => name && document.querySelector(name));
  const found = document.querySelector(name);
  const mistake = panel.querySelector("#answers .field__error[id]");
  reopen(mistake ? "details.chip details" : "details.chip");
  for (const [name, value] of before.typed) panel.querySelector(`#answers [name="${name}"]`).value = value;
  if (mistake) return showMistake(mistake, found);
  say(panel.querySelector(".live__text") ?? panel.querySelector("h1"));
  scrollBy({ top: topOf(found) - top, behavior: "instant" });
  if (!before.kept) return;
  if (found.tabIndex < 0) found.tabIndex = -1;
  found.focus({ preventScroll: true });
  bringIntoView(name === before.places[0][0] ? found : panel.querySelector(".note--change, h1"));
});

// Only now does htmx hear that a detail opens, and load it.
document.addEventListener("htmx:afterSettle", ({ detail }) => isPanel(detail) && reopen("details.fold"));
// And of one that was opened before htmx was there.
document.addEventListener("htmx:load", ({ target }) => {
  if (target !== document.body) return;
  for (const each of document.querySelectorAll("details.fold--loaded[open]")) each.dispatchEvent(new Event("toggle"));
});

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail: { elt, target } }) => {
    if (target?.id === "verdict") {
      const form = elt.form ?? elt;
      const sent = new FormData(form, elt.matches("button") ? elt : null);
      return location.assign(`${form.action}?${new URLSearchParams(sent)}`);
    }
    if (elt.href) return location.assign(elt.href);
    const said = elt.querySelector(".load-note__failure");
    if (!said) return;
    said.hidden = false;
    document.getElementById("announcer").textContent = said.textContent;
  });
}
