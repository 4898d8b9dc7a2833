// Help with the form: pay in groups of digits, sets of skills in one tap, a search for skills, answers kept for Back.

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

// A skill is found by the beginning of any word of its name, of its other names and of what it is about.
const isFound = (row, typed) => {
  const { value } = row.control;
  const about = document.querySelector(`[data-words]:has([value="${value}"])`)?.dataset.words ?? "";
  const words = `${row.textContent} ${about}`.toLowerCase().split(/[^\p{L}\p{N}+#]+/u);
  return typed.every((text) => words.some((word) => word.startsWith(text)));
};

const find = (search, text) => {
  search.value = sought[search.id] = text;
  const typed = text.toLowerCase().split(/[^\p{L}\p{N}+#]+/u).filter(Boolean);
  const rows = [...search.closest("[data-finder]").parentElement.querySelectorAll("label.chip")];
  for (const row of rows) row.hidden = !isFound(row, typed);
  const shown = rows.filter((row) => !row.hidden).length;
  const none = `No skill found. Try another word, or clear the field to see all ${rows.length}.`;
  say(search.nextElementSibling, typed.length ? (shown ? `${shown} of ${rows.length} skills` : none) : "");
};

const ready = () => {
  for (const finder of document.querySelectorAll("[data-finder]")) {
    const search = finder.querySelector("input");
    finder.hidden = false;
    if (sought[search.id]) find(search, sought[search.id]);
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
document.addEventListener("input", ({ target }) => target.closest("[data-finder]") && find(target, target.value));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !event.target.closest("[data-finder]") || !event.target.value) return;
  find(event.target, "");
  event.preventDefault(); // its chip stays open
});
// Back to the home page finds the answers in its address, also where the browser keeps no page.
document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[data-keep]")) return;
  const given = [...new FormData(target)].filter(([, value]) => value);
  history.replaceState(null, "", `?${new URLSearchParams(given)}`);
});
document.addEventListener("htmx:afterSwap", ready, true);
addEventListener("pageshow", count);
ready();
