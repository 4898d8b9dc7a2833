// A link marked data-copy copies its address instead of following it, and says so on the button and to screen readers.

const SECONDS = 4;

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-copy]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (!navigator.clipboard) return; // without https the link is followed
  event.preventDefault();
  const status = link.parentElement.querySelector("[role=status]");
  const label = link.textContent;
  try {
    await navigator.clipboard.writeText(link.href);
  } catch {
    location.assign(link.href); // the browser refused: its address bar has the link then
    return;
  }
  if (label === "Copied") return;
  link.textContent = "Copied";
  status.textContent = "Link copied";
  setTimeout(() => {
    link.textContent = label;
    status.textContent = "";
  }, SECONDS * 1000);
});
