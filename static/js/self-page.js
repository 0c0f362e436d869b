// The self-assessment: saving, moving from criterion to criterion, the live result, examples and evidence.
import { Autosave } from "./autosave.js";
import { enhanceEvidence } from "./self-evidence.js";
import { fetchPart, showFailure } from "./failure.js";
import { csrfToken, send } from "./http.js";
import { enhanceLastYear } from "./self-last-year.js";

const form = document.getElementById("self-form");
const list = document.querySelector(".self-list");
const saver = new Autosave(form);

// --- where we are -----------------------------------------------------------------------------------------------------
const steps = [...document.querySelectorAll(".step")];
const links = [...list.querySelectorAll("a[href^='#']")];
const picker = list.querySelector("[data-picker]");

const first = steps.find((step) => step.classList.contains("is-start")) || steps[0];
let step = first;

// The address may also lead elsewhere in the page (the skip link): the step stays.
function mark(focus) {
  const named = steps.find((one) => `#${one.id}` === location.hash);
  step = named || (location.hash ? step : first);
  for (const one of steps) one.classList.toggle("is-start", one === step);
  for (const link of links) {
    if (link.hash === `#${step.id}`) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  }
  const link = links.find((one) => one.hash === `#${step.id}`);
  const number = link?.querySelector("b")?.textContent;
  picker.textContent = number ? picker.dataset.picker.replace("%s", number) : link?.textContent || "";
  open(false);
  const heading = step.querySelector("h2");
  heading.tabIndex = -1;
  if (focus && (named || !location.hash)) heading.focus({ preventScroll: true });
}

function open(on) {
  picker.setAttribute("aria-expanded", String(on));
  list.classList.toggle("is-open", on);
}

picker.hidden = false;
list.classList.add("has-picker");
picker.addEventListener("click", () => open(picker.getAttribute("aria-expanded") !== "true"));
addEventListener("hashchange", () => mark(true));
mark(false);

// --- what the server says after a save --------------------------------------------------------------------------------
const count = document.querySelector(".save-count");

function show({ live, states }) {
  if (live === undefined) return;
  const box = document.querySelector("[data-live]");
  const wasOpen = box.querySelector("details")?.open;
  box.innerHTML = live;
  if (wasOpen && box.querySelector("details")) box.querySelector("details").open = true;
  for (const link of links) if (states[link.hash.slice(1)]) link.dataset.state = states[link.hash.slice(1)];
  tick();
}

function tick() {
  for (const link of links) {
    if (!link.dataset.state) continue;
    link.title = list.dataset[link.dataset.state];
    let word = link.querySelector(".visually-hidden");
    if (!word) {
      word = document.createElement("span");
      word.className = "visually-hidden";
      link.append(word);
    }
    word.textContent = `, ${list.dataset[link.dataset.state]}`;
  }
  count.textContent = document.querySelector("[data-live] .live-count")?.dataset.short || "";
}

tick();
form.addEventListener("autosave:saved", (event) => show(event.detail.data));
form.addEventListener("autosave:heard", refresh);

async function refresh() {
  const { ok, data } = await send(form.dataset.state, { method: "GET" }).catch(() => ({}));
  if (!ok) return;
  show(data);
  for (const place of form.querySelectorAll(".ev")) {
    const found = data.evidence[place.closest("section").id] || [];
    listPieces(
      place,
      found.map(({ title, url }) => Object.assign(document.createElement("a"), { href: url, textContent: title })),
    );
  }
}

// Each piece of evidence stands once in the page; criteria name its places.
function listPieces(place, links) {
  let shown = place.querySelector("ul");
  if (!shown) {
    shown = document.createElement("ul");
    place.querySelector("h3").after(shown);
  }
  shown.replaceChildren(
    ...links.map((link) => {
      const item = document.createElement("li");
      item.append(link);
      return item;
    }),
  );
}

const pieces = document.getElementById("pieces").content.children;
for (const shown of form.querySelectorAll("[data-pieces]")) {
  listPieces(
    shown.parentElement,
    shown.dataset.pieces.split(" ").map((place) => pieces[place].cloneNode(true)),
  );
}

enhanceEvidence(form, async (code) => {
  await refresh();
  // what is proven now is not said to be unproven
  const section = document.getElementById(code);
  const none = section.querySelector("[type=checkbox]");
  if (!none.checked || !section.querySelector(".ev li")) return;
  none.checked = false;
  none.dispatchEvent(new Event("input", { bubbles: true }));
});
enhanceLastYear(form);

// --- length of texts --------------------------------------------------------------------------------------------------
const words = document.getElementById("save-words").dataset;
const limit = Number(form.dataset.limit);
form.addEventListener("input", ({ target }) => {
  if (target.tagName !== "TEXTAREA") return;
  const left = limit - target.value.length;
  let line = target.parentElement.querySelector(".counter");
  if (left > 500) return line?.remove();
  if (!line) {
    line = document.createElement("p");
    line.className = "counter";
    target.after(line);
  }
  line.textContent = `${left < 0 ? words.over : words.left} ${Math.abs(left)}`;
  line.classList.toggle("counter-over", left < 0);
});

// --- examples, when asked for -----------------------------------------------------------------------------------------
// without scripts they stand on the page of the criterion's evidence
for (const link of form.querySelectorAll(".ev p a")) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn btn-link", textContent: form.dataset.examplesWord });
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => examples(button, link.closest("section").id));
  link.after(" ", button);
}

async function examples(button, code) {
  const place = button.closest(".ev");
  const known = place.querySelector(".examples");
  if (known) {
    known.hidden = !known.hidden;
    button.setAttribute("aria-expanded", String(!known.hidden));
    return;
  }
  const html = await fetchPart(`${form.dataset.examples}${code}/`, button.parentElement);
  if (html === null || place.querySelector(".examples")) return;
  const box = document.createElement("div");
  box.innerHTML = html;
  button.parentElement.after(box.firstElementChild);
  button.setAttribute("aria-expanded", "true");
}

// --- submitting waits for the last word, and for the connection -------------------------------------------------------
const submission = document.querySelector("[data-after-save]");
let submitting = false;
submission?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (submitting) return;
  submitting = true;
  submitting = await submit();
});
addEventListener("pageshow", () => (submitting = false)); // back from history

// Whether the page is being left.
async function submit() {
  const isSent = await saver.flush();
  const news = document.getElementById("save-news");
  const unsaved = document.querySelector("#self-form .step:has(.error)");
  if (!isSent && saver.mode !== "offline") {
    if (news.hidden && unsaved) location.hash = unsaved.id;
    else news.querySelector("a, button")?.focus();
    return false;
  }
  const body = new FormData(submission);
  body.set("csrfmiddlewaretoken", csrfToken()); // a sign-in in another tab has changed it
  const sending = isSent && fetch(submission.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
  const answer = await sending;
  if (!answer) showFailure(null, submission, submission.dataset.lost);
  else if (answer.type === "opaqueredirect") location.assign(form.action);
  else submission.submit(); // not taken: the page that comes says why
  return Boolean(answer);
}
