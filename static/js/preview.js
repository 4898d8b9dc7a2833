// Shows an article's newest preview in its frame. The frame stays, so that a reader keeps the place.

const frame = document.getElementById("preview-page");

const show = () => {
  const newest = document.querySelector("#preview > template");
  const main = frame.contentDocument.querySelector("main");
  if (newest && main) main.replaceChildren(frame.contentDocument.importNode(newest.content, true));
};

// A link to a part of the article goes there; any other opens in a new tab, which keeps what is typed.
const follow = (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  const [path, part] = link.getAttribute("href").split("#");
  if (path) window.open(link.href, "_blank", "noopener");
  else frame.contentDocument.getElementById(decodeURIComponent(part))?.scrollIntoView();
};

const begin = () => {
  frame.contentDocument.addEventListener("click", follow);
  show();
};

frame.addEventListener("load", begin);
document.addEventListener("htmx:afterSwap", show);
if (frame.contentDocument.querySelector("main")) begin();
