// The tree of schools in the form of a cycle: find, choose all, choose a branch. And fields that only a full cycle has.
const tree = document.querySelector("[data-tree]");
const boxes = [...tree.querySelectorAll("input[type=checkbox]")];
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
const isShown = (box) => !box.closest("li").hidden;

function count() {
  const line = tree.querySelector("[data-tree-count]");
  line.textContent = `${line.dataset.text} ${boxes.filter((box) => box.checked).length}`;
}

function set(some, checked) {
  for (const box of some) box.checked = checked;
  count();
}

function find(words) {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  const fits = (node) => wanted.every((word) => plain(node.dataset.treeNode).includes(word));
  const show = (node, inside) => {
    const own = inside || fits(node);
    const below = [...node.querySelectorAll(":scope > ul > li")].map((child) => show(child, own && wanted.length > 0));
    node.hidden = !(below.length ? below.some(Boolean) || (own && wanted.length > 0) : own);
    return !node.hidden;
  };
  const found = [...tree.querySelectorAll(".tree > li")].map((node) => show(node, false));
  tree.querySelector("[data-tree-nothing]").hidden = found.some(Boolean);
}

tree.querySelector("[data-tree-tools]").hidden = false;
tree.querySelector("[data-tree-search]").addEventListener("input", (event) => find(event.target.value));
tree.querySelector("[data-tree-search]").addEventListener("keydown", (event) => {
  if (event.key === "Enter") event.preventDefault();
});
tree.querySelector("[data-tree-all]").addEventListener("click", () => set(boxes.filter(isShown), true));
tree.querySelector("[data-tree-none]").addEventListener("click", () => set(boxes.filter(isShown), false));
for (const button of tree.querySelectorAll("[data-tree-branch]")) {
  button.hidden = !button.closest("li").querySelector("input");
  button.addEventListener("click", () => {
    const below = [...button.closest("li").querySelectorAll("input")].filter(isShown);
    set(below, !below.every((box) => box.checked));
  });
}
tree.addEventListener("change", count);
count();

function showFull() {
  const kind = document.querySelector("input[name=kind]:checked");
  for (const part of document.querySelectorAll("[data-full-only]")) part.hidden = kind?.value === "self_only";
}
for (const radio of document.querySelectorAll("input[name=kind]")) radio.addEventListener("change", showFull);
showFull();
