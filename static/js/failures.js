// What cannot be had: a changed verdict is asked for as a page, which says why; a part of the page says that it is missing.

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail: { elt, target } }) => {
    if (target?.id === "verdict") return (elt.form ?? elt).submit();
    const said = elt.querySelector(".load-note__failure");
    if (!said) return;
    said.hidden = false;
    document.getElementById("announcer").textContent = said.textContent;
  });
}
