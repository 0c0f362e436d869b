// Menus of the header close by Escape, by a click elsewhere, and when the focus leaves them.
export function enhance(root) {
  for (const menu of root.querySelectorAll("[data-menu]:not([data-ready])")) {
    menu.dataset.ready = "";
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
  }
}
