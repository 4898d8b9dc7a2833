// Help with the form: pay in groups of digits, sets of skills, a search for skills, no press lost, answers kept for Back.

const SIGN = "(?:us)?[$€£¥₩₽₺₴₪₫₱฿₦]";
const PAY = new RegExp(`^((?:${SIGN})?\\s?)([1-9]\\d{0,12})(?:[.,](\\d{1,2}))?(?:\\s?([km]))?(\\s?(?:${SIGN})?)$`, "iu");
const LIST = new Intl.ListFormat("en-GB"); // without a comma before "and"
const sought = {}; // what each search holds, by its id: it outlives a new verdict
// As calculator/money_input/ understands it; what is not understood beyond doubt stays as it was typed.
const grouped = (typed) => {
  const [, before, whole, fraction, unit, after] = PAY.exec(typed.trim()) ?? [];
  if (!whole || (fraction && !unit)) return typed;
  const amount = Math.round(Number(`${whole}.${fraction ?? 0}`) * ({ k: 1_000, m: 1_000_000 }[unit?.toLowerCase()] ?? 1));
  return `${before}${amount.toLocaleString("en")}${after}`;
};

// What arrives in the middle of a press would move what is pressed from under the pointer: it waits for the end.
// A press on a scroll bar has none, and by touch the click comes a moment after it.
const HELD = { pointerdown: 1_000, pointerup: 50, pointercancel: 0, click: 0 }; // milliseconds
const arrived = [];
let pressed = 0;
const release = () => {
  pressed = 0;
  for (const answer of arrived.splice(0)) answer.onload();
};

const say = (line, text) => line && Object.assign(line, { textContent: text, hidden: !text });

const count = () => {
  const line = document.querySelector("[data-most]");
  const chosen = document.querySelectorAll("[name=skill]:checked").length;
  say(line, chosen > Number(line?.dataset.most) ? `You chose ${chosen} skills; compare up to ${line.dataset.most}.` : "");
};

const add = (button) => {
  const wanted = button.dataset.skills.split(" ");
  const boxes = [...document.querySelectorAll("[name=skill]:not(:checked)")].filter(({ value }) => wanted.includes(value));
  for (const box of boxes) box.checked = true;
  const names = LIST.format(boxes.map((box) => box.labels[0].textContent.trim()));
  const added = `Added ${boxes.length} ${boxes.length === 1 ? "skill" : "skills"}: ${names}.`;
  say(document.querySelector("[data-added]"), boxes.length ? added : `You have chosen all of “${button.textContent}” already.`);
  boxes[0]?.dispatchEvent(new Event("change", { bubbles: true })); // one for all: the verdict is asked for once
};

// Shows the skills that the server has found alone, and all where there is none.
const show = (search, text = "", ...line) => {
  const status = search.nextElementSibling;
  search.value = text;
  status.replaceChildren(...line);
  const found = status.querySelector("[data-found]")?.dataset.found;
  status.hidden = found === undefined;
  for (const row of search.closest("[data-finder]").parentElement.querySelectorAll("label.chip")) {
    row.hidden = !!found && !found.split(" ").includes(row.control.value);
  }
  sought[search.id] = [text, ...line];
};

const ready = () => {
  for (const finder of document.querySelectorAll("[data-finder]")) {
    const search = finder.querySelector("input");
    finder.hidden = false;
    if (!search.value) show(search, ...(sought[search.id] ?? []));
  }
  for (const set of document.querySelectorAll("button[data-skills]")) {
    Object.assign(set, { type: "button" }).removeAttribute("formaction"); // it sends nothing
  }
  count();
};

// Before other listeners, so that what is sent is what is shown.
document.addEventListener("change", ({ target }) => {
  if (target.id === "id_salary") target.value = grouped(target.value);
  count();
}, true);
document.addEventListener("click", ({ target }) => target.closest("button[data-skills]") && add(target));
document.addEventListener("input", ({ target }) => target.closest("[data-finder]") && !target.value && show(target));
document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
  const search = target.closest("[data-finder]")?.querySelector("input");
  if (search?.value) show(search, search.value, ...target.childNodes);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !event.target.closest("[data-finder]") || !event.target.value) return;
  show(event.target);
  event.preventDefault(); // its chip stays open
});
// Back to the home page finds the answers in its address, also where the browser keeps no page.
document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[data-keep]")) return;
  const given = [...new FormData(target)].filter(([, value]) => value);
  history.replaceState(null, "", `?${new URLSearchParams(given)}`);
});
for (const [press, time] of Object.entries(HELD)) {
  document.addEventListener(press, () => {
    clearTimeout(pressed);
    pressed = setTimeout(release, time);
  }, true);
}
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (!pressed) return;
  event.preventDefault();
  arrived.push(event.detail.xhr);
});
document.addEventListener("htmx:afterSwap", ready, true);
addEventListener("pageshow", count);
ready();
