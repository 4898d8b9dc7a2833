// A link marked data-copy copies its address instead of following it, and says so on the link and to screen readers. The
// button marked data-share gives the same address to the device's own list of apps, where it has one.

const SECONDS = 4;
const addressNextTo = (element) => element.parentElement.querySelector("a[data-copy]").href;

const copy = async (link) => {
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
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-share]");
  if (button) {
    navigator.share({ title: document.title, url: addressNextTo(button) }).catch(() => {}); // changed their mind
    return;
  }
  const link = event.target.closest?.("a[data-copy]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (!navigator.clipboard) return; // without https the link is followed
  event.preventDefault();
  copy(link);
});

const showButtons = () => {
  for (const button of document.querySelectorAll("button[data-share]")) button.hidden = !navigator.share;
};

showButtons();
document.addEventListener("htmx:afterSwap", showButtons);
