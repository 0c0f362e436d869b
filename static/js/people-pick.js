// One tick for a whole list: shown only where scripts run. The words stand in data-pick-label.
for (const list of document.querySelectorAll("[data-pick]")) {
  const boxes = () => [...list.querySelectorAll("input[type=checkbox][name=people]:not(:disabled)")];
  const label = document.createElement("label");
  label.className = "tick pick-all";
  const all = document.createElement("input");
  all.type = "checkbox";
  all.className = "form-check-input";
  const words = document.createElement("span");
  words.textContent = list.dataset.pickLabel;
  label.append(all, words);
  list.querySelector("legend").after(label);
  const show = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
  };
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
  });
  list.addEventListener("change", (event) => {
    if (event.target !== all) show();
  });
  show();
}
