// Help with the form: pay in groups of digits, how many skills are chosen, a common set in one tap, a search for skills.

const SIGN = "(?:us)?[$€£¥₩₽₺₴₪₫₱฿₦]";
const PAY = new RegExp(`^((?:${SIGN})?\\s?)([1-9]\\d{0,12})(?:[.,](\\d{1,2}))?(?:\\s?([km]))?(\\s?(?:${SIGN})?)$`, "iu");

let sought = "";

// As calculator/query.py understands it; what is not understood beyond doubt stays as it was typed.
const grouped = (typed) => {
  const [, before, whole, fraction, unit, after] = PAY.exec(typed.trim()) ?? [];
  if (!whole || (fraction && !unit)) return typed;
  const amount = Math.round(Number(`${whole}.${fraction ?? 0}`) * ({ k: 1_000, m: 1_000_000 }[unit?.toLowerCase()] ?? 1));
  return `${before}${amount.toLocaleString("en")}${after}`;
};

const boxes = () => [...document.querySelectorAll("#skills [name=skill]")];

const count = () => {
  const line = document.querySelector(".skills__count");
  const chosen = boxes().filter((box) => box.checked).length;
  for (const text of line?.children ?? []) {
    text.querySelector("b").textContent = chosen;
    text.hidden = text.matches(".skills__many") !== chosen > Number(line.dataset.most);
  }
};

const filter = () => {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = [...document.querySelectorAll("#skills .skill")];
  for (const row of rows) {
    const group = row.closest(".skills__group");
    const parts = [".skill__name", ".skill__summary"].map((part) => row.querySelector(part)?.textContent ?? "");
    const text = [group.querySelector(".skills__category").textContent, ...parts].join(" ").toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
  }
  for (const group of document.querySelectorAll(".skills__group")) group.hidden = !group.querySelector(".skill:not([hidden])");
  const shown = rows.filter((row) => !row.hidden).length;
  document.getElementById("skills-found").textContent = words.length ? `${shown} of ${rows.length} skills shown` : "";
};

const find = (text) => {
  document.getElementById("skill-search").value = sought = text;
  filter();
};

const ready = () => {
  const search = document.getElementById("skill-search");
  if (!search) return;
  search.parentElement.hidden = false;
  search.setAttribute("form", ""); // no answer: it is not sent, Enter in it sends nothing, nothing is asked anew
  for (const set of document.querySelectorAll("[data-skills]")) {
    set.type = "button"; // it sends nothing
    set.removeAttribute("name");
    set.removeAttribute("formaction");
  }
  find(sought);
  count();
};

document.addEventListener("click", ({ target }) => {
  const wanted = target.closest("[data-skills]")?.dataset.skills.split(" ");
  if (!wanted) return;
  find("");
  const other = boxes().filter((box) => box.checked !== wanted.includes(box.value));
  for (const box of other) box.checked = !box.checked;
  other[0]?.dispatchEvent(new Event("change", { bubbles: true })); // one for all: the verdict is asked for once
});

// Before anybody else hears of the change, so that what is sent is what is shown.
document.addEventListener("change", ({ target }) => {
  if (target.id === "id_salary") target.value = grouped(target.value);
  count();
}, true);
document.addEventListener("input", ({ target }) => target.id === "skill-search" && filter((sought = target.value)));
document.addEventListener("keydown", ({ target, key }) => target.id === "skill-search" && key === "Escape" && find(""));
document.addEventListener("htmx:afterSwap", ready, true);
addEventListener("pageshow", count);
ready();
