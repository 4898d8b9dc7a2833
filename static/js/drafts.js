// Keeps what is typed into an article's form in this browser until it is saved, also when the session ends meanwhile.
// A draft is offered only to the editor who typed it; sign_out.js forgets all drafts.

const PREFIX = "article-draft:";
const MAX_AGE = 7 * 24 * 60 * 60 * 1000;
const PAUSE = 400; // milliseconds
// The version that the form was opened with is kept too: a restored draft is compared with what others saved since.
const FIELDS = ["title", "slug", "standfirst", "author", "reviewed_on", "scheduled_for", "text"];
const VERSION = "opened_with";

const form = document.getElementById("article_form");
const offer = document.getElementById("draft");
const key = `${PREFIX}${offer?.dataset.user}:${location.pathname}`;

const clean = (text) => text.replaceAll("\r\n", "\n").trim();
const read = () =>
  Object.fromEntries(FIELDS.filter((name) => form.elements[name]).map((name) => [name, form.elements[name].value]));
const isSame = (one, other) => Object.keys(one).every((name) => clean(one[name]) === clean(other[name] ?? ""));

const drafts = () =>
  Object.keys(localStorage)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => [name, JSON.parse(localStorage.getItem(name))]);

const save = () => {
  const draft = { at: Date.now(), version: form.elements[VERSION].value, values: read() };
  localStorage.setItem(key, JSON.stringify(draft));
};

const forgetOldAndSaved = () => {
  const isRefused = Boolean(document.querySelector(".errornote"));
  for (const [name, draft] of drafts()) {
    const isSaved = !isRefused && isSame(draft.values, read());
    if (isSaved || Date.now() - draft.at > MAX_AGE) localStorage.removeItem(name);
  }
};

const restore = ({ values, version }) => {
  for (const [name, value] of Object.entries(values)) if (form.elements[name]) form.elements[name].value = value;
  form.elements[VERSION].value = version;
  form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
  offer.hidden = true;
  form.elements.text.focus();
};

const offerDraft = () => {
  const draft = JSON.parse(localStorage.getItem(key));
  if (!draft || isSame(draft.values, read())) return;
  offer.querySelector("time").textContent = new Date(draft.at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  offer.querySelector("[data-restore]").addEventListener("click", () => restore(draft));
  offer.querySelector("[data-forget]").addEventListener("click", () => {
    localStorage.removeItem(key);
    offer.hidden = true;
  });
  offer.hidden = false;
};

const begin = () => {
  let timer = 0;
  forgetOldAndSaved();
  offerDraft();
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", save);
};

if (form && offer) begin();
