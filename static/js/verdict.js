// After the panel is swapped: names the page anew, tells screen readers once, and brings mistakes into view.

const announcer = document.getElementById("announcer");

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const panel = document.getElementById("verdict");
  if (!panel || detail.target?.id !== "verdict") return;
  const summary = document.getElementById("error-summary");
  if (summary) {
    document.title = "Error: some answers need a second look | EarnVerdict";
    summary.focus();
    return;
  }
  document.title = panel.dataset.title;
  announcer.textContent = panel.dataset.announce;
  panel.scrollIntoView({ block: "start" });
});

// When the panel cannot be had, the plain form can say why.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail }) => {
    if (detail.elt instanceof HTMLFormElement) detail.elt.submit();
  });
}
