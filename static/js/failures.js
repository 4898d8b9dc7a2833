// What cannot be had: a verdict or a link is asked for as a page, which says why; a part says that it is missing.

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail: { elt, target } }) => {
    if (target?.id === "verdict") {
      const form = elt.form ?? elt;
      const sent = new FormData(form, elt.matches("button") ? elt : null);
      return location.assign(`${form.action}?${new URLSearchParams(sent)}`);
    }
    if (elt.href) return location.assign(elt.href);
    const said = elt.querySelector(".load-note__failure");
    if (!said) return;
    said.hidden = false;
    document.getElementById("announcer").textContent = said.textContent;
  });
}
