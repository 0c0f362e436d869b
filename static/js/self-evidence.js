// "Add evidence" opens what its page shows in a dialog: tick, upload, link, fact; nothing is left behind by closing it.
import { openDialog } from "./dialog.js";
import { showFailure } from "./failure.js";
import { csrfToken } from "./http.js";
import { enhanceUpload } from "./upload.js";

const HEADERS = { "X-Requested-With": "fetch", Accept: "text/html" };

export function enhanceEvidence(form, changed) {
  form.addEventListener("click", async (event) => {
    const link = event.target.closest(".ev p a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(link.href, { headers: HEADERS }).catch(() => null);
    if (!answer?.ok) {
      location.assign(link.href);
      return;
    }
    const dialog = makeDialog();
    dialog.dataset.url = link.href;
    const number = link.closest("section").querySelector("h2 b").textContent;
    const where = document.querySelector("[data-picker]").dataset.picker.replace("%s", number);
    dialog.querySelector("h2").textContent = `${link.textContent}: ${where}`;
    fill(dialog.querySelector("[data-place]"), await answer.text(), changed);
    dialog.addEventListener("close", () => {
      dialog.remove();
      link.focus();
    });
    openDialog(dialog);
  });
}

// The frame of a dialog is the same as the confirming one's: components/texts.html.
function makeDialog() {
  const dialog = document.getElementById("text-confirm").content.cloneNode(true).querySelector("dialog");
  dialog.querySelector("form").remove();
  const place = document.createElement("div");
  place.dataset.place = "";
  dialog.append(place);
  document.body.append(dialog);
  return dialog;
}

function fill(place, html, changed) {
  place.innerHTML = html;
  for (const form of place.querySelectorAll("form")) form.noValidate = true;
  const ties = place.querySelector("[data-ties]");
  if (ties) {
    ties.querySelector("[data-save-ties]").hidden = true;
    ties.addEventListener("change", () => post(ties, new FormData(ties)).then((ok) => ok && changed()));
  }
  for (const form of place.querySelectorAll("[data-add]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await post(form, new FormData(form), (text) => fill(place, text, changed));
      changed();
    });
  }
  for (const form of place.querySelectorAll("[data-upload]")) {
    enhanceUpload(form, () => {
      changed();
      reloadTies(place, changed);
    });
    form.addEventListener("upload:same", async ({ detail }) => {
      const box = place.querySelector(`[data-ties] input[value="${detail.id}"]`);
      if (!box) return;
      box.checked = true;
      box.dispatchEvent(new Event("change", { bubbles: true }));
      detail.line.remove();
    });
  }
}

// The list of what can be ticked, fresh; the uploads beside it go on undisturbed.
async function reloadTies(place, changed) {
  const form = place.querySelector("[data-ties]");
  const answer = await fetch(place.closest("dialog").dataset.url, { headers: HEADERS }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = document.createElement("div");
  fill(fresh, await answer.text(), changed);
  const list = fresh.querySelector("[data-ties]");
  if (!list) return;
  if (form) form.replaceWith(list);
  else place.querySelector("[data-fragment]").prepend(list);
}

async function post(form, body, show) {
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { ...HEADERS, "X-CSRFToken": csrfToken() } });
  } catch {
    showFailure(null);
    return false;
  }
  const text = await answer.text();
  if ((answer.headers.get("Content-Type") || "").startsWith("text/html")) show?.(text);
  else showFailure(text);
  return answer.ok;
}
