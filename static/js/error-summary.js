// Focus goes to the sum of errors; its links go to the field and put the label in view.
export function enhance(root) {
  const summary = root.querySelector("[data-error-summary]:not([data-ready])");
  if (!summary) return;
  summary.dataset.ready = "";
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.closest(".field") || field).scrollIntoView();
    field.focus({ preventScroll: true });
  });
}
