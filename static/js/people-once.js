// A form that is sent once: the second click of a double click does nothing. The server does it once in any case.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.querySelector("button").setAttribute("aria-busy", "true");
  });
}
// Coming back with the browser's "back" shows the page as it was: it may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) {
    delete form.dataset.sent;
    form.querySelector("button").removeAttribute("aria-busy");
  }
});
