// The editor of a framework: places change without losing the tree, each field saves itself, steps are sent and said.
// Every link and form works without this script too; texts come from the server.
import { Autosave } from "./autosave.js";
import { showFailure } from "./failure.js";
import { send } from "./http.js";
import { enhanceTree, markCurrent, replaceLine } from "./editor-tree.js";

const editor = document.querySelector("[data-editor]");
const heard = document.getElementById("heard");
let savers = [];

// --- saving ---------------------------------------------------------------------------------------------------------
function begin() {
  const forms = [...main().querySelectorAll("form[data-autosave]")];
  const line = document.getElementById("save-state");
  if (!forms.length) line.textContent = line.dataset.idle;
  savers = forms.map((form) => {
    form.addEventListener("autosave:saved", ({ detail }) => saved(form, detail.unit, detail.data));
    return new Autosave(form);
  });
  for (const box of main().querySelectorAll("[data-live-form]")) follow(box);
}

// Sends what is unsent. False when something waits for a person or for the connection.
async function flush() {
  const sent = await Promise.all(savers.map((saver) => saver.flush()));
  return sent.every(Boolean);
}

function saved(form, unit, data) {
  main().dataset.revision = data.draft;
  if (data.line) replaceLine(editor, data.line);
  if (data.name) for (const heading of main().querySelectorAll("[data-node-name]")) heading.textContent = data.name;
  if (data.top) replace("editor-top", data.top);
  if (data.parts) parts(data.parts);
  const cell = form.querySelector(`[data-unit="${CSS.escape(unit)}"]`);
  const field = cell?.querySelector("textarea");
  if (field?.value.trim()) {
    cell.classList.remove("is-missing");
    cell.querySelector(".text-missing")?.remove();
  }
  if (data.others) others(data.others);
}

// Somebody else works here too: said once for each page.
function others(sentence) {
  const place = document.getElementById("messages");
  if (place.querySelector("[data-others]")) return;
  const box = document.getElementById("editor-others").content.cloneNode(true).firstElementChild;
  box.dataset.others = "";
  box.querySelector("[data-sentence]").textContent = sentence;
  box.querySelector("[data-again]").href = location.href;
  place.append(box);
}

function replace(id, html) {
  const old = document.getElementById(id);
  if (!old) return;
  const held = old.contains(document.activeElement) ? document.activeElement.textContent.trim() : null;
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const fresh = holder.content.getElementById(id);
  if (!fresh) return;
  old.replaceWith(fresh);
  document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: fresh } }));
  if (held !== null) fresh.querySelector("button, a")?.focus();
}

function parts(html) {
  const current = editor.querySelector("#editor-parts [aria-current]")?.dataset.part;
  replace("editor-parts", html);
  replace("editor-languages", html);
  for (const link of editor.querySelectorAll("#editor-parts a")) {
    if (link.dataset.part === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

// --- places ---------------------------------------------------------------------------------------------------------
function main() {
  return document.getElementById("editor-main");
}

// Of several moves the last one counts: what arrives for an earlier one is left aside.
let journey = 0;
let moving = Promise.resolve();

function go(url, options = {}) {
  journey += 1;
  moving = travel(journey, url, options);
  return moving;
}

async function travel(mine, url, { push = true, focus = "heading" }) {
  if (!(await flush())) {
    document.querySelector("#save-news button, #save-news a, .versions button")?.focus();
    if (document.querySelector(".versions")) return false;
  }
  if (mine !== journey) return false;
  const wasAt = focus === "same" ? addressOf(document.activeElement) : null;
  main().classList.add("is-loading");
  main().inert = true; // what is typed now would be typed into a form that is on its way out
  const answer = await fetch(url, { headers: { "X-Requested-With": "fetch", Accept: "text/html" } }).catch(() => null);
  const html = answer?.ok && !answer.redirected ? await answer.text() : "";
  if (mine !== journey) return false;
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const fresh = holder.content.getElementById("editor-main");
  if (!fresh) {
    location.assign(url);
    return false;
  }
  for (const saver of savers) saver.stop();
  const top = scrollY;
  main().replaceWith(fresh);
  if (push && new URL(url, location).href !== location.href) history.pushState({ editor: true }, "", url);
  document.title = `${fresh.dataset.title} - Chuẩn`;
  // on a phone the parts and the thing itself are two steps
  editor.querySelector(".editor-side").classList.toggle("is-first", fresh.classList.contains("is-second"));
  markCurrent(editor, fresh.dataset.part, fresh.dataset.node);
  for (const form of fresh.querySelectorAll("form[method=post]")) form.noValidate = true;
  document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: fresh } }));
  begin();
  if (wasAt) {
    scrollTo({ top, behavior: "instant" });
    (document.querySelector(wasAt) || fresh.querySelector("h2"))?.focus({ preventScroll: true });
  } else if (focus === "first") {
    const field = fresh.querySelector("textarea") || fresh.querySelector("input:not([type=hidden])");
    scrollTo({ top: 0, behavior: "instant" });
    (field || fresh.querySelector("h2"))?.focus({ preventScroll: true });
  } else if (focus === "heading") {
    const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    const folded = target?.closest("details");
    if (folded) folded.open = true;
    const heading = target || fresh.querySelector("h2");
    if (!heading?.matches("a, button, input, select, textarea")) heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
    if (target) target.scrollIntoView();
    else if (fresh.getBoundingClientRect().top < 0) fresh.scrollIntoView();
    else scrollTo({ top: 0, behavior: "instant" });
  }
  return true;
}

// Where the focus is, so that it can go back there when the page around it is made anew.
function addressOf(element) {
  if (!element || !main().contains(element)) return null;
  if (element.id) return `#${CSS.escape(element.id)}`;
  const key = element.closest("[data-key]");
  return key ? `[data-key="${CSS.escape(key.dataset.key)}"] ${element.tagName.toLowerCase()}` : null;
}

editor.parentElement.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-swap]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(link.href);
});
addEventListener("popstate", () => go(location.href, { push: false }));

// --- steps ----------------------------------------------------------------------------------------------------------
// body: FormData. Resolves to what the server says of the step, null when it was refused (and said so).
async function act(url, body) {
  if (!(await flush()) && document.querySelector(".versions")) return null;
  let answer;
  try {
    answer = await send(url, { body });
  } catch {
    showFailure(null);
    return null;
  }
  if (!answer.ok) {
    showFailure(answer.data);
    heard.textContent = answer.data.detail || "";
    return null;
  }
  document.getElementById("messages").replaceChildren();
  const { data } = answer;
  if (data.message) document.getElementById("messages").innerHTML = data.message;
  heard.textContent = data.said || "";
  if (data.top) replace("editor-top", data.top);
  if (data.parts) parts(data.parts);
  if (data.counted) editor.querySelector("[data-counted]").textContent = data.counted;
  if (data.tree) await tree(data.at);
  return data;
}

async function tree(at) {
  const open = [...editor.querySelectorAll("#editor-tree [aria-expanded=true]")].map((one) => one.closest("li").dataset.id);
  const body = new FormData();
  body.set("at", at || "");
  body.set("open", open.join(" "));
  const query = new URLSearchParams(body);
  const answer = await fetch(`${editor.dataset.tree}?${query}`, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (!answer?.ok) return;
  document.getElementById("editor-tree").innerHTML = await answer.text();
  markCurrent(editor, main().dataset.part, main().dataset.node);
}

editor.parentElement.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-act]")) return;
  if (form.dataset.confirm && !form.dataset.confirmed) return; // confirm.js asks, then sends it again
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const before = journey;
  const data = await act(form.action, new FormData(form, event.submitter));
  delete form.dataset.busy;
  if (!data) return;
  if (journey !== before) {
    await moving; // who has gone elsewhere meanwhile stays there, and sees it with this step in it
    await go(location.href, { push: false, focus: "same" });
  } else {
    await go(data.go || location.href, { push: Boolean(data.go), focus: data.focus || (data.go ? "heading" : "same") });
  }
});

// Forms whose every change is a step: the sentences of the rule.
editor.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form && !event.target.closest("[data-wait]")) form.requestSubmit();
});

// --- forms with an answer beside them: what would come out ------------------------------------------------------------
function follow(form) {
  const place = document.getElementById(form.dataset.liveForm);
  let latest = 0;
  const ask = async () => {
    const mine = ++latest;
    const options = { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } };
    const answer = await fetch(form.dataset.liveUrl, options).catch(() => null);
    if (answer?.ok && mine === latest) place.innerHTML = await answer.text();
  };
  form.addEventListener("change", ask);
}

enhanceTree(editor, {
  step: async (fields) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const data = await act(editor.querySelector("#editor-tree").dataset.act, body);
    if (data && main().dataset.node) await go(location.href, { push: false, focus: "" });
    return Boolean(data);
  },
  load: async (id) => {
    const url = `${editor.dataset.tree}?${new URLSearchParams({ below: id })}`;
    const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    return answer?.ok ? answer.text() : "";
  },
});
begin();
