// The tree of the editor: lines open and close, and move by dragging or by Alt and an arrow key.
const WAYS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };

// step(fields): sends a move, resolves to true when it was done. load(id): the lines below a folded one, as HTML.
export function enhanceTree(editor, { step, load }) {
  const tree = editor.querySelector("#editor-tree");
  const hint = editor.querySelector("[data-keys]");
  const movable = Boolean(tree.dataset.act);
  if (hint && movable) hint.hidden = false;

  tree.addEventListener("click", async (event) => {
    const button = event.target.closest("button.tree-fold");
    if (button) await fold(button, load);
  });
  if (!movable) return;

  tree.addEventListener("keydown", async (event) => {
    const link = event.target.closest(".tree-line > a");
    const way = event.altKey && WAYS[event.key];
    if (!link || !way) return;
    event.preventDefault();
    const { id } = link.closest("li").dataset;
    await step({ do: "move", node: id, way });
    line(tree, id)?.querySelector(".tree-line > a").focus();
  });
  enhanceDragging(tree, step);
}

async function fold(button, load) {
  const item = button.closest("li");
  const isOpen = button.getAttribute("aria-expanded") === "true";
  if (!isOpen && !item.querySelector(":scope > ul")) {
    const html = await load(item.dataset.id);
    if (!html) return;
    item.insertAdjacentHTML("beforeend", html);
  }
  button.setAttribute("aria-expanded", String(!isOpen));
}

function enhanceDragging(tree, step) {
  let dragged = null;
  let place = "";
  const clear = () => tree.querySelectorAll(".drop-before, .drop-after, .drop-inside").forEach((one) => one.classList.remove("drop-before", "drop-after", "drop-inside"));
  tree.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("li");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.id);
    dragged.querySelector(".tree-line").classList.add("is-dragged");
  });
  tree.addEventListener("dragover", (event) => {
    const over = event.target.closest(".tree-line");
    clear();
    place = over && dragged ? placeOf(dragged, over, event.clientY) : "";
    if (!place) return;
    event.preventDefault();
    over.classList.add(`drop-${place}`);
  });
  tree.addEventListener("drop", async (event) => {
    const over = event.target.closest("li");
    clear();
    if (!over || !place || !dragged) return;
    event.preventDefault();
    const { id } = dragged.dataset;
    await step({ do: "move", node: id, beside: over.dataset.id, place });
    line(tree, id)?.querySelector(".tree-line > a").focus({ preventScroll: true });
  });
  tree.addEventListener("dragend", () => {
    clear();
    dragged?.querySelector(".tree-line").classList.remove("is-dragged");
    dragged = null;
  });
}

// "before", "after" or "inside" the line under the pointer; "" where the dragged one cannot stand.
function placeOf(dragged, over, y) {
  const target = over.closest("li");
  if (dragged.contains(target)) return "";
  const box = over.getBoundingClientRect();
  const share = (y - box.top) / box.height;
  const same = target.dataset.kind === dragged.dataset.kind;
  if (!same) return target.dataset.kind === "standard" ? "inside" : "";
  if (target.dataset.kind === "standard" && share > 0.3 && share < 0.7) return "inside";
  return share < 0.5 ? "before" : "after";
}

function line(tree, id) {
  return tree.querySelector(`li[data-id="${CSS.escape(id)}"]`);
}

// One line as it is now, its children as they are.
export function replaceLine(editor, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const fresh = holder.content.querySelector("li");
  const old = fresh && line(editor, fresh.dataset.id);
  if (!old) return;
  const link = fresh.querySelector(".tree-line > a");
  const before = old.querySelector(".tree-line > a");
  if (before.hasAttribute("aria-current")) link.setAttribute("aria-current", "page");
  const focused = before === document.activeElement;
  before.replaceWith(link);
  if (focused) link.focus();
}

// Which part or line is shown in the middle.
export function markCurrent(editor, part, node) {
  for (const link of editor.querySelectorAll("#editor-parts a, .tree-line > a")) {
    const isHere = node ? link.closest("li").dataset.id === node : link.dataset.part === part;
    if (isHere) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}
