// Next to each link to share: a button that shares it, where the device can, or copies it.

const label = navigator.share ? "Share" : "Copy";

const give = async (button, address) => {
  try {
    if (navigator.share) await navigator.share({ title: document.title, url: address });
    else {
      await navigator.clipboard.writeText(address);
      button.textContent = "Copied";
    }
  } catch {
    button.textContent = label; // the visitor changed their mind, or the browser refused: the link stays selectable
  }
};

const addButtons = () => {
  for (const input of document.querySelectorAll("input[data-share]:not([data-ready])")) {
    input.dataset.ready = "";
    input.addEventListener("focus", () => input.select());
    const button = document.createElement("button");
    button.type = "button";
    button.className = "share__button";
    button.textContent = label;
    button.setAttribute("aria-describedby", input.id);
    button.addEventListener("click", () => give(button, input.value));
    input.after(button);
  }
};

addButtons();
document.addEventListener("htmx:afterSwap", addButtons);
