// The head's review: levels and reasons save themselves, the result lives, evidence opens beside the page.
import { Cells } from "./cells.js";
import { openDialog } from "./dialog.js";

const REMARKS = "remarks";
const rows = document.querySelector("[data-review]");
const bar = document.querySelector("[data-bar]");
if (rows && bar) write();
for (const link of document.querySelectorAll("a[data-preview-kind]")) link.addEventListener("click", preview);

function write() {
  const remarks = document.querySelector("[data-remarks]");
  const cells = new Cells({
    url: rows.dataset.review,
    store: `review:${rows.dataset.keep}:${rows.dataset.person}`,
    state: bar.querySelector("[data-saved]"),
    on: { saved, conflict, held, refused: closed },
  });

  for (const row of rows.querySelectorAll("[data-row]")) {
    const key = row.dataset.row;
    const reason = row.querySelector("textarea");
    cells.begin(key, Number(row.dataset.revision));
    row.addEventListener("change", (event) => {
      if (event.target.type === "radio") put(row);
    });
    row.querySelector("[data-remove-reason]").addEventListener("click", () => remove(row, reason));
    reason.addEventListener("input", () => put(row, 700));
    reason.addEventListener("change", () => put(row));
    row.querySelector("[data-add-reason]").addEventListener("click", (event) => {
      event.currentTarget.hidden = true;
      row.querySelector("[data-reason]").hidden = false;
      reason.focus();
    });
    row.querySelector("fieldset").addEventListener("keydown", (event) => keys(row, event));
    if (cells.waiting.has(key)) fill(row, cells.waiting.get(key)); // what an earlier visit could not send
  }

  cells.begin(REMARKS, Number(remarks.dataset.revision));
  const texts = [...remarks.querySelectorAll("textarea")];
  const words = () => ({ remarks: Object.fromEntries(texts.map((text) => [text.name, text.value])) });
  for (const text of texts) {
    text.addEventListener("input", () => cells.put(REMARKS, words(), 700));
    text.addEventListener("change", () => cells.put(REMARKS, words()));
  }
  if (cells.waiting.has(REMARKS)) write_remarks(cells.waiting.get(REMARKS).remarks);
  cells.flush();

  // The sum of errors has put the cursor into the field; the whole criterion comes into view with it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-error-summary] a");
    const field = link && document.getElementById(link.hash.slice(1));
    const row = field?.closest("[data-row]");
    if (!row) return;
    row.scrollIntoView();
    field.scrollIntoView({ block: "nearest" }); // where much is written, the field itself
  });

  // An act must find everything saved: it waits for the last save.
  cells.holdForms(() => {
    document.querySelector("[data-conflict-here]:not(:empty)")?.scrollIntoView({ block: "center" });
  });

  function write_remarks(values) {
    for (const text of texts) text.value = values[text.name] ?? text.value;
  }

  // Words are taken away by the head alone, and can be put back as long as the page is open.
  function remove(row, reason) {
    const words = reason.value;
    const removed = row.querySelector("[data-removed]");
    reason.value = "";
    removed.hidden = false;
    const back = removed.querySelector("[data-put-back]");
    back.onclick = () => {
      reason.value = reason.value ? `${words}\n${reason.value}` : words;
      removed.hidden = true;
      put(row);
      reason.focus();
    };
    put(row);
    back.focus();
  }

  function put(row, delay) {
    const level = row.querySelector("input:checked")?.value ?? "";
    show(row, level);
    cells.put(row.dataset.row, { criterion: row.dataset.row, level, reason: row.querySelector("textarea").value }, delay);
  }

  function show(row, level) {
    const differs = Boolean(level && row.dataset.own && level !== row.dataset.own);
    row.classList.toggle("rv-differs", differs);
    row.querySelector("[data-differs]").hidden = !differs;
    const reason = row.querySelector("textarea");
    const hasReason = reason.value !== "";
    const isTyping = document.activeElement === reason;
    const again = row.querySelector("[data-again]");
    if (!hasReason || differs || !isTyping) again.hidden = !hasReason || level !== row.dataset.own; // a word being added is meant
    const open = differs || hasReason || isTyping;
    row.querySelector("[data-reason]").hidden = !open;
    row.querySelector("[data-add-reason]").hidden = open;
  }

  function fill(row, { level, reason }) {
    for (const radio of row.querySelectorAll("input[type=radio]")) radio.checked = radio.value === level;
    row.querySelector("textarea").value = reason;
    show(row, level);
  }

  function keys(row, event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const radios = [...row.querySelectorAll("input[type=radio]")];
    const agree = event.key.toLowerCase() === "a";
    const wanted = agree ? radios.find((radio) => radio.value === row.dataset.own) : radios[Number(event.key) - 1];
    if (!wanted) return;
    event.preventDefault();
    wanted.checked = true;
    wanted.focus();
    put(row);
    if (!agree) return;
    const all = [...rows.querySelectorAll("[data-row]")];
    const next = all[all.indexOf(row) + 1];
    const target = next?.querySelector("input:checked") ?? next?.querySelector("input[type=radio]");
    target?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  function saved(_key, data) {
    const holder = document.createElement("div");
    holder.innerHTML = data.panel; // our own server's template
    const panel = document.querySelector("[data-panel]");
    const open = panel.querySelector("details")?.open;
    const fresh = holder.firstElementChild;
    if (open && fresh.querySelector("details")) fresh.querySelector("details").open = true;
    panel.replaceWith(fresh);
    bar.querySelector("[data-bar-count]").textContent = fresh.dataset.line;
  }

  // The save line leads to the first choice on the page.
  function held() {
    const box = document.querySelector("[data-conflict-here] > *");
    if (!box) return;
    const link = Object.assign(document.createElement("a"), { href: `#${box.id}`, textContent: bar.dataset.choose });
    bar.querySelector("[data-saved]").append(" ", link);
  }

  function conflict(key, data, mine) {
    const here = key === REMARKS ? remarks : rows.querySelector(`[data-row="${key}"]`);
    const place = here.querySelector("[data-conflict-here]");
    const box = document.getElementById("conflict").content.cloneNode(true).firstElementChild;
    Object.assign(box, { id: `choose-${key}`, tabIndex: -1 });
    box.querySelector("[data-theirs]").textContent = theirs(here, data.stored);
    box.querySelector("[data-take]").addEventListener("click", () => {
      cells.drop(key);
      cells.resolve(key, data.revision);
      if (key === REMARKS) write_remarks(data.stored);
      else fill(here, { level: data.stored.level, reason: data.stored.note });
      place.replaceChildren();
      cells.flush();
    });
    box.querySelector("[data-keep-mine]").addEventListener("click", () => {
      cells.resolve(key, data.revision);
      cells.put(key, cells.waiting.get(key) ?? mine);
      place.replaceChildren();
    });
    place.replaceChildren(box);
    box.setAttribute("role", "alert");
  }

  function theirs(row, stored) {
    if (!("level" in stored)) return Object.values(stored).filter(Boolean).join(" / ") || "–";
    const radio = row.querySelector(`input[value="${stored.level}"]`);
    const name = radio ? radio.closest("label").querySelector("span").firstChild.textContent.trim() : "–";
    return stored.note ? `${name}: ${stored.note}` : name;
  }

  function closed(_key, data) {
    if (!data.closed) return;
    for (const field of document.querySelectorAll("[data-review] input, [data-review] textarea, [data-remarks] textarea")) {
      field.disabled = true;
    }
  }
}

function preview(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const link = event.currentTarget;
  const dialog = document.getElementById("evidence-dialog");
  dialog.querySelector("h2").textContent = link.dataset.title;
  dialog.querySelector("[data-original]").href = link.href;
  const picture = link.dataset.previewKind === "picture";
  const shown = document.createElement(picture ? "img" : "iframe");
  shown.src = link.dataset.previewUrl;
  if (picture) shown.alt = link.dataset.title;
  else shown.title = link.dataset.title;
  dialog.querySelector("[data-preview]").replaceChildren(shown);
  openDialog(dialog);
}
