// After the panel is swapped: names the page anew, tells screen readers once, and keeps in view what was in use.

let typedAt = 0; // or when the visitor went back: either way, what was asked before is out of date
let askedAt = 0;
let trigger = "";
let before = null;

const panelOf = (detail) => detail.target?.id === "verdict";

// Going back once more while a page still loads changes its address alone: then load what the address says.
const [loaded] = performance.getEntriesByType("navigation");
if (loaded?.type !== "navigate" && loaded?.redirectCount === 0 && loaded.name.split("#")[0] !== location.href.split("#")[0]) {
  location.reload();
}

document.addEventListener("input", ({ target }) => {
  if (target.form?.matches("[hx-get]")) typedAt = performance.now();
});

// Back and forward load what the address says, whether or not the rest of the page was ready for them.
const address = () => location.pathname + location.search;
let shown = address();
for (const change of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
  document.addEventListener(change, () => (shown = address()));
}
addEventListener("popstate", () => {
  typedAt = performance.now();
  if (address() !== shown) location.reload();
});

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (!panelOf(detail)) return;
  askedAt = performance.now();
  trigger = detail.requestConfig.triggeringEvent?.type;
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!panelOf(detail)) return;
  // What was typed since is about to be asked itself: an answer to something older must not replace it, nor an
  // answer that comes late the page that the visitor went back to.
  // And half of a number is no mistake yet: that is told when the field is left.
  if (typedAt > askedAt || (trigger === "input" && detail.xhr.status === 422)) detail.shouldSwap = false;
  const open = [...document.querySelectorAll("#verdict details[id]")].map(({ id, open }) => [id, open]);
  const { id } = document.activeElement;
  before = { open, id, top: id ? document.activeElement.getBoundingClientRect().top : null };
});

document.addEventListener("htmx:beforeHistoryUpdate", ({ detail: { history } }) => {
  // A field that is typed in and then left asks twice: one address, one entry to go back to.
  if (history.path === location.pathname + location.search) history.type = "replace";
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const panel = document.getElementById("verdict");
  if (!panel || !panelOf(detail)) return;
  for (const [id, open] of before?.open ?? []) {
    const fold = document.getElementById(id);
    if (fold) fold.open = open;
  }
  const summary = document.getElementById("error-summary");
  document.title = panel.dataset.title;
  document.getElementById("announcer").textContent = panel.dataset.announce;
  if (trigger === "submit") (summary ?? panel).focus();
  else if (before?.id) {
    const used = document.getElementById(before.id);
    const fold = used?.closest("details");
    if (fold) fold.open = true; // what is in use stays in sight
    used?.focus({ preventScroll: true });
    if (used) scrollBy({ top: used.getBoundingClientRect().top - before.top, behavior: "instant" });
  }
});

// When the panel cannot be had, the plain form can say why.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail }) => {
    if (detail.elt instanceof HTMLFormElement) detail.elt.submit();
  });
}
