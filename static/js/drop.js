// A file dropped on the box goes into its plain file field.
export function enhance(root) {
  for (const box of root.querySelectorAll("[data-drop]:not([data-ready])")) {
    box.dataset.ready = "";
    const input = box.querySelector("input[type=file]");
    const hint = box.querySelector("[data-drop-hint]");
    if (hint && matchMedia("(pointer: fine)").matches) hint.hidden = false;
    const over = (on) => (event) => {
      event.preventDefault();
      box.classList.toggle("drop-over", on);
    };
    box.addEventListener("dragover", over(true));
    box.addEventListener("dragleave", over(false));
    box.addEventListener("drop", (event) => {
      over(false)(event);
      if (!event.dataTransfer.files.length || input.disabled) return;
      const files = new DataTransfer();
      for (const file of input.multiple ? event.dataTransfer.files : [event.dataTransfer.files[0]]) files.items.add(file);
      input.files = files.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
