// "Add evidence" opens what its page shows in a dialog: tick, upload, link, fact. Closing it keeps what was begun.
import { openDialog } from "./dialog.js";
import { fetchPart } from "./failure.js";
import { csrfToken } from "./http.js";
import { enhanceUpload } from "./upload.js";

// changed: called with the criterion's code after its evidence has changed.
export function enhanceEvidence(form, changed) {
  const pickers = new Map(); // by link
  let busy = false;
  form.addEventListener("click", async (event) => {
    const link = event.target.closest(".ev p a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (busy) return;
    const known = pickers.get(link);
    if (known) return known.open();
    busy = true;
    const html = await fetchPart(link.href, link.parentElement);
    busy = false;
    if (html === null) return;
    const picker = new Picker(link, html, changed);
    pickers.set(link, picker);
    picker.open();
  });
}

// The dialog of one criterion. While it is closed it is out of the page, with everything in it.
class Picker {
  #dialog;
  #link;
  #changed;
  #storing = Promise.resolve(); // of the ticks
  #ticks = 0;

  constructor(link, html, changed) {
    const section = link.closest("section");
    this.#link = link;
    this.#changed = () => changed(section.id);
    this.#dialog = frame();
    const number = section.querySelector("h2 b").textContent;
    const where = document.querySelector("[data-picker]").dataset.picker.replace("%s", number);
    this.#dialog.querySelector("h2").textContent = `${link.textContent}: ${where}`;
    this.#dialog.append(parsed(html));
    this.#dialog.addEventListener("close", () => {
      if (this.#dialog.open) return; // opened again at once: the event comes late
      this.#dialog.remove();
      link.focus();
    });
    this.#keepTies();
    for (const form of this.#dialog.querySelectorAll("[data-add]")) this.#keepAdding(form);
    for (const form of this.#dialog.querySelectorAll("[data-upload]")) this.#keepUploads(form);
  }

  open() {
    if (this.#dialog.open) return;
    const isNew = !("ready" in this.#dialog.dataset);
    document.body.append(this.#dialog);
    openDialog(this.#dialog);
    if (!isNew) this.#renew();
  }

  // Each tick is stored at once, one after the other; what could not be stored is not ticked.
  #keepTies() {
    const ties = this.#ties;
    if (!ties) return;
    ties.querySelector("[data-save-ties]").hidden = true;
    const boxes = [...ties.querySelectorAll("[name=evidence]")];
    let stored = boxes.map((box) => box.checked);
    ties.addEventListener("change", ({ target }) => {
      this.#ticks++;
      this.#storing = this.#storing.then(async () => {
        const wanted = boxes.map((box) => box.checked);
        if (String(wanted) === String(stored)) return;
        if ((await post(ties, target.closest("label"))) === null) {
          target.checked = stored[boxes.indexOf(target)];
          return;
        }
        stored = wanted;
        this.#changed();
      });
    });
  }

  // A link or a fact. What is begun in the other forms stays.
  #keepAdding(form) {
    form.noValidate = true;
    let busy = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      await this.#storing;
      const html = await post(form, form.querySelector("button"));
      busy = false;
      if (html === null) return;
      const answer = parsed(html);
      const fresh = answer.querySelector(`[data-add][action="${form.getAttribute("action")}"]`);
      const box = fresh.closest("details");
      this.#take(answer);
      this.#keepAdding(fresh);
      form.closest("details").replaceWith(box);
      (fresh.querySelector("[aria-invalid]") || box.querySelector("summary")).focus();
      this.#changed();
    });
  }

  #keepUploads(form) {
    form.noValidate = true;
    enhanceUpload(form, () => {
      this.#changed();
      this.#renew();
    });
    form.addEventListener("upload:same", ({ detail }) => {
      const box = this.#dialog.querySelector(`[data-ties] input[value="${detail.id}"]`);
      if (!box) return;
      box.checked = true;
      box.dispatchEvent(new Event("change", { bubbles: true }));
      detail.line.remove();
    });
  }

  get #ties() {
    return this.#dialog.querySelector("[data-ties]");
  }

  // The list of what can be ticked, fresh; what is begun beside it goes on undisturbed.
  async #renew() {
    let ticks;
    let html;
    do {
      ticks = this.#ticks;
      await this.#storing;
      const headers = { "X-Requested-With": "fetch" };
      const answer = await fetch(this.#link.href, { headers }).catch(() => null);
      if (!answer?.ok) return;
      html = await answer.text();
    } while (ticks !== this.#ticks);
    this.#take(parsed(html));
  }

  #take(answer) {
    const fresh = answer.querySelector("[data-ties]");
    this.#ties?.remove();
    if (!fresh) return;
    this.#dialog.querySelector("[data-fragment]").prepend(fresh);
    this.#keepTies();
  }
}

// The frame of a dialog is the same as the confirming one's: components/texts.html.
function frame() {
  const dialog = document.getElementById("text-confirm").content.cloneNode(true).querySelector("dialog");
  dialog.querySelector("form").remove();
  return dialog;
}

function parsed(html) {
  const place = document.createElement("div");
  place.innerHTML = html;
  return place;
}

function post(form, near) {
  return fetchPart(form.action, near, { method: "POST", body: new FormData(form), headers: { "X-CSRFToken": csrfToken() } });
}
