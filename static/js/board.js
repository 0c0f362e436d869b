// Choosing people on the board: counts them, and a button that would act on nobody says what to choose.
const board = document.querySelector("[data-board]");
if (board?.querySelector("[data-pick-bar]")) start();

function start() {
  const boxes = [...board.querySelectorAll("input[name=pick]")];
  const all = board.querySelector("[data-pick-all]");
  const none = board.querySelector("[data-pick-none]");
  const line = board.querySelector("[data-pick-count]");
  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    line.textContent = `${line.dataset.text} ${chosen}`;
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    none.hidden = true;
  };
  board.querySelector("[data-pick-all-label]").hidden = boxes.length === 0;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  board.addEventListener("change", count);
  board.addEventListener("submit", (event) => {
    const needs = event.submitter?.dataset.pickNeeds?.split(" ");
    if (!needs || boxes.some((box) => box.checked && needs.includes(box.dataset.status))) return;
    event.preventDefault();
    none.textContent = event.submitter.dataset.none;
    none.hidden = false;
  });
  count();
}
