// Copies the address of a link marked data-copy, and says so. The button next to it gives the same address to the device's
// own list of apps, where it has one, with the title that it has as data-share: the page's title may name a salary.

const SECONDS = 4;

const say = (link, label, text) => {
  link.textContent = label;
  link.parentElement.querySelector("[role=status]").textContent = text;
};

const copy = async (link) => {
  const label = link.textContent;
  try {
    await navigator.clipboard.writeText(link.href);
  } catch {
    location.assign(link.href); // the browser refused: its address bar has the link then
    return;
  }
  if (label === "Copied") return;
  say(link, "Copied", "Link copied");
  setTimeout(say, SECONDS * 1000, link, label, "");
};

document.addEventListener("click", (event) => {
  const { target } = event;
  if (target.matches("[data-share]")) {
    const url = target.parentElement.querySelector("[data-copy]").href;
    navigator.share({ title: target.dataset.share, url }).catch(() => {}); // the visitor may close the list
  }
  if (!target.matches("[data-copy]") || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (!navigator.clipboard) return; // without https the link is followed
  event.preventDefault();
  copy(target);
});

if (navigator.share) document.documentElement.classList.add("can-share");
