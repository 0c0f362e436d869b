// Links with data-dialog="id" open that <dialog>; without scripts they lead to the page that asks the same.
export function enhance(root) {
  for (const opener of root.querySelectorAll("[data-dialog]:not([data-ready])")) {
    opener.dataset.ready = "";
    opener.addEventListener("click", (event) => {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      openDialog(dialog);
    });
  }
}

// Shows it, closes by its cross, by Escape and by a click beside it. Focus returns to the opener by itself.
export function openDialog(dialog) {
  if (!("ready" in dialog.dataset)) {
    dialog.dataset.ready = "";
    dialog.addEventListener("click", (event) => {
      if (event.target.closest("[data-close]") || isBeside(dialog, event)) dialog.close();
    });
  }
  dialog.showModal();
}

function isBeside(dialog, event) {
  if (event.target !== dialog) return false;
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
