// "From last year": opens what its page shows below the link, with buttons that add a text to this year's field.
import { fetchPart } from "./failure.js";

export function enhanceLastYear(form) {
  const link = form.querySelector("[data-last-year]");
  if (!link) return;
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const known = form.querySelector("[data-last-year-block]");
    if (known) {
      known.hidden = !known.hidden;
      link.setAttribute("aria-expanded", String(!known.hidden));
      return;
    }
    const html = await fetchPart(link.href, link.parentElement);
    if (html === null || form.querySelector("[data-last-year-block]")) return;
    const place = document.createElement("div");
    place.innerHTML = html;
    link.parentElement.after(place);
    link.setAttribute("aria-expanded", "true");
    for (const button of place.querySelectorAll("[data-take]")) {
      button.hidden = false;
      button.addEventListener("click", () => take(form, place, button));
    }
    const heading = place.querySelector("#last-year");
    heading.tabIndex = -1;
    heading.focus();
  });
}

// Adds, never replaces: what was typed this year stays. The field saves by itself as after typing.
function take(form, place, button) {
  const field = form.elements[button.dataset.take];
  const words = place.querySelector(`[data-words="${button.dataset.take}"]`).textContent;
  field.value = field.value.trim() ? `${field.value.trimEnd()}\n${words}` : words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  button.disabled = true;
  button.textContent = button.dataset.done;
}
