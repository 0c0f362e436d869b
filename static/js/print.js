// A button with data-print (hidden without scripts) prints the page.
export function enhance(root) {
  for (const button of root.querySelectorAll("[data-print]:not([data-ready])")) {
    button.dataset.ready = "";
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}
