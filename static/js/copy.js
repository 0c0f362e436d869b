// The button beside a code copies it and says so.
export function enhance(root) {
  for (const box of root.querySelectorAll("[data-copy]:not([data-ready])")) {
    const button = box.querySelector("button");
    if (!navigator.clipboard) continue; // plain http on another machine: the text can still be selected
    box.dataset.ready = "";
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(box.querySelector("code").textContent);
      const label = button.lastChild;
      const before = label.textContent;
      label.textContent = box.dataset.copied;
      document.getElementById("heard").textContent = box.dataset.copied;
      setTimeout(() => (label.textContent = before), 2000);
    });
  }
}
