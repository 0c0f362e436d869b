// Answers about colleagues, as cells of a matrix or as questions on one page. Each saves itself as a draft.
import { Cells } from "./cells.js";

const place = document.querySelector("[data-opinions]");
const state = document.querySelector("[data-saved]");
if (place && state) start();

function start() {
  const cellOf = (key) => place.querySelector(`[data-cell="${key.split(" ")[0]}"][data-criterion="${key.split(" ")[1]}"]`);
  const cells = new Cells({
    url: place.dataset.opinions,
    store: place.dataset.store,
    state,
    on: {
      // only the person's own other window can have changed it: the newer answer is shown, nothing to decide
      conflict(key, data) {
        cells.drop(key);
        cells.resolve(key, data.revision);
        set(cellOf(key), data.stored.answer);
        cells.say("other");
        cells.flush();
      },
      refused(key, data) {
        if (data.closed) disable(cellOf(key));
      },
    },
  });

  for (const cell of place.querySelectorAll("[data-cell]")) {
    const key = `${cell.dataset.cell} ${cell.dataset.criterion}`;
    cells.begin(key, Number(cell.dataset.revision));
    cell.addEventListener("change", () => put(cell));
    if (cells.waiting.has(key)) set(cell, cells.waiting.get(key).answer);
  }
  cells.flush();
  place.addEventListener("keydown", keys);

  cells.holdForms();

  function put(cell) {
    const { cell: evaluation, criterion } = cell.dataset;
    const answer = cell.tagName === "SELECT" ? cell.value : (cell.querySelector("input:checked")?.value ?? "");
    cells.put(`${evaluation} ${criterion}`, { evaluation, criterion, answer });
  }

  function set(cell, answer) {
    if (!cell) return;
    if (cell.tagName === "SELECT") cell.value = answer;
    else for (const radio of cell.querySelectorAll("input")) radio.checked = radio.value === answer;
  }

  function disable(cell) {
    if (cell) cell.disabled = true;
  }

  // A letter: the level that begins with it, in any language's keyboard (D is Đạt, K is Khá and not Không đủ căn cứ).
  // Enter: the same colleague, next criterion (with shift: the one before). ?: cannot judge.
  function keys(event) {
    const cell = event.target.closest("select[data-cell]");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const answer = event.key === "?" ? "?" : levelOf(cell, event.key);
    if (answer) {
      event.preventDefault();
      cell.value = answer;
      put(cell);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const column = [...place.querySelectorAll(`[data-cell="${cell.dataset.cell}"]`)];
      const step = event.shiftKey ? -1 : 1;
      (column[column.indexOf(cell) + step] ?? cell).focus();
    }
  }

  // The level whose name begins with this letter; of several, the one after the present answer. Undefined for none.
  function levelOf(cell, letter) {
    const bare = (text) => text.trim().normalize("NFD").charAt(0).toLowerCase().replace("đ", "d");
    if (letter.length > 1) return undefined;
    const levels = [...cell.options].filter(({ value, text }) => value && value !== "?" && bare(text) === bare(letter));
    return (levels.find(({ index }) => index > cell.selectedIndex) ?? levels[0])?.value;
  }
}
