// Entry of every page. Loads a module only where the page asks for it by a data attribute; every page works without.
import { csrfToken } from "./http.js";
import { showFailure } from "./failure.js";

const MODULES = [
  ["[data-error-summary]", () => import("./error-summary.js")],
  ["[data-dialog]", () => import("./dialog.js")],
  ["[data-confirm]", () => import("./confirm.js")],
  ["[data-copy]", () => import("./copy.js")],
  ["[data-counter]", () => import("./counter.js")],
  ["[data-drop]", () => import("./drop.js")],
  ["[data-print]", () => import("./print.js")],
  ["[data-menu]", () => import("./menu.js")],
];

// A module exports enhance(root): it may be called again for fragments and must not bind twice.
async function enhance(root) {
  for (const [selector, load] of MODULES) {
    if (root.matches?.(selector) || root.querySelector(selector)) (await load()).enhance(root);
  }
}

// The server checks and explains in the reader's language; the browser's own bubbles do neither.
for (const form of document.querySelectorAll("form[method=post]")) form.noValidate = true;

// The other language is read at the same place of the page: what a script put into the address is kept.
document.addEventListener("submit", ({ target }) => {
  if (target.matches(".language-switch")) target.elements.next.value = location.pathname + location.search + location.hash;
});

// A double click sends a thing once. Last in line (window, bubbling): what other modules stopped does not count.
// The button is free again after a while (a download leaves the page open) and when the page comes back from history.
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 4000);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
});

// A button that may not be used now can be reached and read, but does nothing.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[aria-disabled=true]")) event.preventDefault();
});

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrfToken();
});
document.addEventListener("htmx:responseError", (event) => showFailure(event.detail.xhr.responseText));
document.addEventListener("htmx:sendError", () => showFailure(null));
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) enhance(event.detail.elt);
});

document.documentElement.dataset.scripts = "on";
enhance(document);
