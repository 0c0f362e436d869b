// A form or button with data-confirm="question" asks first. The answer is named by the verb of the button itself.
import { openDialog } from "./dialog.js";

export function enhance() {
  if (document.documentElement.dataset.confirms) return;
  document.documentElement.dataset.confirms = "on";
  document.addEventListener("submit", ask);
}

function ask(event) {
  const form = event.target;
  const button = event.submitter;
  const question = button?.dataset.confirm || form.dataset.confirm;
  if (!question || form.dataset.confirmed) {
    delete form.dataset.confirmed;
    return;
  }
  event.preventDefault();
  const dialog = document.getElementById("text-confirm").content.cloneNode(true).querySelector("dialog");
  dialog.querySelector("h2").textContent = question;
  const yes = dialog.querySelector("[data-yes]");
  yes.textContent = button?.textContent.trim() || "";
  if (button?.classList.contains("btn-danger")) yes.className = "btn btn-danger";
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    const agreed = dialog.returnValue === "yes";
    dialog.remove();
    button?.focus();
    if (!agreed) return;
    form.dataset.confirmed = "1";
    form.requestSubmit(button);
  });
  openDialog(dialog);
}
