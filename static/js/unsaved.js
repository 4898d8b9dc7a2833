// On the admin's forms: warns before a page with unsaved edits is left, and lets Enter in a field send nothing.

const form = document.querySelector("#content-main form[id$='_form']");
// What was refused is not saved either.
let isEdited = Boolean(document.querySelector(".errornote"));

const note = () => {
  isEdited = true;
};

const stay = (event) => {
  const field = event.target;
  const sends = field.matches("input:not([type=submit], [type=button], [type=image]), select");
  if (event.key === "Enter" && sends && !event.isComposing && !field.closest(".select2-container")) {
    event.preventDefault();
  }
};

if (form) {
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  // A row that is found by typing speaks to jQuery alone.
  window.django?.jQuery(form).on("select2:select select2:unselect", (event) => {
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("formset:added", note);
  document.addEventListener("formset:removed", note);
  form.addEventListener("keydown", stay);
  form.addEventListener("submit", () => {
    isEdited = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isEdited) event.preventDefault();
  });
}
