// The page "Add files": several at once, each with its progress; what is ticked after a file arrived is saved too.
import { send } from "./http.js";
import { enhanceUpload } from "./upload.js";

for (const form of document.querySelectorAll("[data-upload]")) {
  const chosen = form.querySelector("[data-chosen]");
  const number = form.querySelector("[data-number]");
  const tied = form.querySelector("[data-tied]");
  const again = form.querySelector("[data-tie-again]");
  const back = form.querySelector("[data-back]");
  const pieces = []; // {address, keep, saved}: what is here now, and the criteria it was last tied to
  let saving = null;

  const boxes = () => [...form.querySelectorAll("[name=criteria]:checked")];
  const codes = () => boxes().map((box) => box.value);
  const names = () => boxes().map((box) => box.closest("label").textContent.trim()).join("; ");

  function have(piece) {
    pieces.push(piece);
    tie();
  }

  function tell(key, words = "") {
    const lost = key === "lost";
    tied.setAttribute("role", lost ? "alert" : "status");
    tied.classList.toggle("overdue", lost);
    tied.textContent = words || tied.dataset[key];
    again.hidden = !lost;
  }

  function tie() {
    saving ??= save().finally(() => (saving = null));
    return saving;
  }

  // Piece after piece, until each is tied to what is ticked by then.
  async function save() {
    let piece;
    while ((piece = pieces.find(({ saved }) => String(saved) !== String(codes())))) {
      const wanted = codes();
      const body = new FormData();
      for (const code of wanted) body.append("criteria", code);
      if (piece.keep) body.append("keep", "1");
      tell("saving");
      const { ok, status, data } = await send(piece.address, { body }).catch(() => ({ data: {} }));
      if (status === 404) pieces.splice(pieces.indexOf(piece), 1); // removed elsewhere
      else if (!ok) return tell("lost", data.detail);
      piece.saved = wanted;
    }
    if (pieces.length) tell(codes().length ? "some" : "none", codes().length ? `${tied.dataset.some}: ${names()}` : "");
  }

  function finish() {
    if (!pieces.length) return;
    back.textContent = back.dataset.done;
    back.classList.replace("btn-secondary", "btn-primary");
    back.scrollIntoView({ block: "nearest" });
  }

  enhanceUpload(form, ({ address, criteria }) => have({ address, saved: criteria }));
  form.addEventListener("upload:rest", finish);
  form.addEventListener("upload:same", ({ detail: { address, line } }) => {
    const state = line.querySelector(".upload-state");
    state.textContent = state.dataset.done;
    state.classList.remove("overdue");
    line.querySelector("[data-same]").hidden = true;
    form.querySelector("[type=file]").focus();
    have({ address, keep: true, saved: null });
    finish();
  });
  form.addEventListener("change", ({ target }) => {
    if (target.name !== "criteria") return;
    chosen.textContent = names() || chosen.dataset.none;
    number.textContent = codes().length > 1 ? ` (${codes().length})` : "";
    tie();
  });
  again.addEventListener("click", tie);
  back.addEventListener("click", async (event) => {
    if (!saving) return;
    event.preventDefault();
    await saving;
    if (again.hidden) location.assign(back.href);
  });
}
