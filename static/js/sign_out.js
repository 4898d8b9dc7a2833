// On every page of the admin: forgets the drafts that drafts.js keeps in this browser when an editor signs out.

const PREFIX = "article-draft:";

document.getElementById("logout-form")?.addEventListener("submit", () => {
  for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
});
