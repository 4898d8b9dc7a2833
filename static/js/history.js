// Back and forward load what the address says, whether or not the rest of the page was ready for them.

const address = () => location.pathname + location.search;
let shown = address();

// Going back once more while a page still loads changes its address alone.
const [loaded] = performance.getEntriesByType("navigation");
if (loaded?.type !== "navigate" && loaded?.redirectCount === 0 && loaded.name.split("#")[0] !== location.href.split("#")[0]) {
  location.reload();
}

for (const change of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
  document.addEventListener(change, () => (shown = address()));
}

addEventListener("popstate", () => {
  if (address() !== shown) location.reload();
});

document.addEventListener("htmx:beforeHistoryUpdate", ({ detail: { history } }) => {
  // A field that is typed in and then left asks twice: one address, one entry to go back to.
  if (history.path === address()) history.type = "replace";
});
