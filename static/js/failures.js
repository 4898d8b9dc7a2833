// What cannot be had: a changed verdict is asked for as a page, which says why, and so is the page of a link; a part of
// the page says that it is missing.

// As the form would be sent: a button that was pressed is an answer, too.
const send = (form, button = null) => {
  location.assign(`${form.action}?${new URLSearchParams(new FormData(form, button))}`);
};

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail: { elt, target, requestConfig } }) => {
    if (target?.id === "verdict") {
      const button = elt.matches("button") ? elt : requestConfig.triggeringEvent?.submitter;
      return send(elt.form ?? elt, button ?? null);
    }
    if (elt.matches("a[href]")) return location.assign(elt.href);
    const said = elt.querySelector(".load-note__failure");
    if (!said) return;
    said.hidden = false;
    document.getElementById("announcer").textContent = said.textContent;
  });
}
