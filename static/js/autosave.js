// Saves a form while it is being filled, part by part, and loses no word: not to a lost connection, a server error, an
// expired sign-in, a second tab or a closed window. Texts come from templates/components/save_texts.html.
//
// <form data-autosave="chuan:<person>:<form>" data-person="<id>"> with units (see autosave-unit.js).
// Events on the form: autosave:saved {unit, data}. The promise of flush() resolves to true when everything is sent.
import { send } from "./http.js";
import { Store } from "./autosave-store.js";
import { offerWords, rareTexts } from "./autosave-texts.js";
import { pick, Unit } from "./autosave-unit.js";

const PAUSE = 500; // after the last key
const LONGEST_WAIT = 900; // after the first key that is not sent yet
const TIMEOUT = 20_000;
const BACKOFF = [2_000, 4_000, 8_000, 15_000, 30_000, 60_000];
const together = new Set(); // the forms of this page, which have one place for news

export class Autosave {
  #mode = ""; // "", or why nothing gets through: "offline", "signin", "closed"

  constructor(form) {
    this.form = form;
    this.store = new Store(form.dataset.autosave);
    this.units = new Map();
    for (const section of form.querySelectorAll("[data-unit]")) {
      const unit = new Unit(section);
      this.units.set(unit.name, unit);
    }
    this.line = document.getElementById("save-state");
    this.banner = document.getElementById("save-news");
    this.texts = document.getElementById("save-words").dataset;
    this.failures = 0;
    this.life = new AbortController();
    together.add(this);
    this.#listen();
    this.#restore();
    this.#tell();
  }

  get mode() {
    return this.#mode;
  }

  set mode(mode) {
    if (mode !== this.#mode) this.store.sends(!mode);
    this.#mode = mode;
  }

  // Sends what is unsent now. True when nothing is left.
  async flush() {
    for (const unit of this.units.values()) {
      clearTimeout(unit.timer);
      if (unit.changedAt && !unit.held) await this.#send(unit);
    }
    await Promise.all([...this.units.values()].map((unit) => unit.running));
    return !this.#unsent().length;
  }

  // For a form that leaves the page while the page stays: what is unsent is kept in the store.
  stop() {
    this.life.abort();
    together.delete(this);
    this.#show("");
    this.store.stop();
    this.channel?.close();
    clearTimeout(this.retry);
    for (const unit of this.units.values()) clearTimeout(unit.timer);
  }

  #unsent() {
    return [...this.units.values()].filter((unit) => unit.changedAt);
  }

  #listen() {
    this.form.addEventListener("input", (event) => this.#changed(event.target));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.flush();
    });
    const { signal } = this.life;
    addEventListener("online", () => this.#again(), { signal });
    addEventListener("focus", () => this.mode === "signin" && this.#again(), { signal });
    const hiding = () => {
      if (document.visibilityState === "hidden") this.#unsent().forEach((unit) => !unit.held && this.#send(unit, true));
      else if (this.mode) this.#again();
    };
    document.addEventListener("visibilitychange", hiding, { signal });
    const leaving = (event) => {
      if (this.#unsent().length && !this.store.works) event.preventDefault();
    };
    addEventListener("beforeunload", leaving, { signal });
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel(this.store.key) : null;
    this.channel?.addEventListener("message", ({ data }) => this.#heard(data));
  }

  #changed(field) {
    const section = field.closest("[data-unit]");
    const unit = this.units.get(section?.dataset.unit || section?.id);
    if (!unit || field === unit.counter) return;
    unit.changedAt ||= Date.now();
    this.#keep(unit);
    if (unit.conflict) return unit.compare?.();
    unit.held = false;
    const pause = field.type === "radio" || field.type === "checkbox" ? 0 : PAUSE;
    clearTimeout(unit.timer);
    unit.timer = setTimeout(() => this.#send(unit), Math.max(0, Math.min(pause, unit.changedAt + LONGEST_WAIT - Date.now())));
    this.#tell();
  }

  #keep(unit) {
    this.store.keep(unit.name, { values: unit.values(), revision: unit.revision, base: unit.base, sent: unit.sent });
  }

  #send(unit, keepalive = false) {
    if (unit.busy || unit.held || !unit.changedAt || this.mode === "closed") return unit.running;
    unit.busy = true;
    unit.running = this.#post(unit, keepalive).finally(() => {
      unit.busy = false;
      this.#tell();
    });
    this.#tell();
    return unit.running;
  }

  async #post(unit, keepalive) {
    const values = unit.values();
    if (unit.sends(values)) this.#keep(unit);
    const body = JSON.stringify({ ...values, revision: unit.revision, person: this.form.dataset.person });
    let answer;
    try {
      const signal = keepalive ? null : AbortSignal.timeout(TIMEOUT);
      answer = await send(unit.url, { body, signal, keepalive: keepalive && body.length < 50_000 });
    } catch {
      return this.#failed();
    }
    const { ok, status, data } = answer;
    if (ok && data.revision !== undefined) return this.#saved(unit, values, data);
    if (status === 409 && data.stored) {
      if (data.revision !== unit.revision && this.#join(unit, data)) return this.#post(unit, keepalive);
      return this.#twoVersions(unit, data);
    }
    if (status === 401 || data.code === "csrf") return this.#signIn(data);
    if ([400, 413, 422].includes(status)) {
      if (!unit.isSame(values)) return this.#post(unit, keepalive); // mended while the answer was under way
      return this.#refused(unit, data);
    }
    if ([403, 404, 409].includes(status)) return this.#closed(data);
    return this.#failed();
  }

  #saved(unit, values, data) {
    unit.revision = data.revision;
    unit.base = values;
    unit.sent = [];
    this.failures = 0;
    this.lastSaved = data.saved || this.lastSaved;
    unit.say(null);
    this.channel?.postMessage({ unit: unit.name, revision: data.revision, values });
    if (unit.isSame(values)) {
      unit.changedAt = 0;
      this.store.drop(unit.name);
    } else {
      unit.changedAt = Date.now();
      this.#keep(unit);
      unit.timer = setTimeout(() => this.#send(unit), PAUSE);
    }
    if (this.mode) {
      this.mode = "";
      this.#showVersions();
      this.#again();
    }
    this.form.dispatchEvent(new CustomEvent("autosave:saved", { detail: { unit: unit.name, data } }));
  }

  // Nothing reached the server, or it is in trouble: keep, say so, try again by itself.
  #failed() {
    const sentence = this.#show("offline", "offline")?.querySelector("[data-sentence]");
    if (sentence && !this.store.works) sentence.textContent = sentence.dataset.unkept;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.#again(), BACKOFF[Math.min(this.failures++, BACKOFF.length - 1)]);
  }

  #again() {
    if (this.mode === "closed") return;
    clearTimeout(this.retry);
    for (const unit of this.#unsent()) this.#send(unit);
  }

  async #signIn(data) {
    if (!(await rareTexts(this.form.dataset.texts))) return this.#failed();
    const box = this.#show("signin", "signin");
    if (!box) return;
    box.querySelector("[data-sentence]").textContent = data.detail || "";
    box.querySelector("[data-retry]").addEventListener("click", () => together.forEach((one) => one.#again()));
  }

  // It can no longer be changed (submitted in another tab, closed by the office): the words stay here, to be copied.
  async #closed(data) {
    if (!(await rareTexts(this.form.dataset.texts))) return this.#failed();
    const box = this.#show("closed", "closed");
    if (!box) return;
    box.querySelector("[data-sentence]").textContent = data.detail || "";
    const words = this.#unsent().map((unit) => {
      return `${title(unit)}\n${unit.words(unit.values(), this.texts)}`;
    });
    offerWords(box, words.join("\n\n"), () => {
      this.store.dropAll();
      for (const unit of this.units.values()) unit.changedAt = 0;
      this.#show("");
      this.#tell();
    });
  }

  #refused(unit, data) {
    unit.held = true;
    const line = document.createElement("p");
    line.className = "error";
    line.textContent = data.detail || "";
    unit.say(line);
  }

  // Nobody is asked where each field was changed on one side alone: both changes stay. False: a person has to choose.
  #join(unit, { stored, revision }) {
    unit.clashes = unit.merge(stored);
    if (!unit.clashes.length) {
      unit.revision = revision;
      unit.base = stored;
      unit.sent = [];
    }
    this.#keep(unit);
    return !unit.clashes.length;
  }

  async #twoVersions(unit, { detail, stored, revision }) {
    unit.held = unit.conflict = true;
    if (!(await rareTexts(this.form.dataset.texts))) {
      unit.held = unit.conflict = false;
      return this.#failed();
    }
    const box = document.getElementById("save-conflict").content.cloneNode(true).firstElementChild;
    box.querySelector("[data-sentence]").textContent = detail || box.getAttribute("aria-label");
    const fields = unit.base && unit.clashes.length ? unit.clashes : Object.keys(stored);
    const texts = { ...this.texts, ...document.getElementById("save-conflict").dataset };
    unit.compare = () => {
      box.querySelector("[data-mine]").textContent = unit.words(pick(unit.values(), fields), texts);
    };
    unit.compare();
    box.querySelector("[data-stored]").textContent = unit.words(pick(stored, fields), texts);
    for (const button of box.querySelectorAll("[data-keep]")) {
      button.addEventListener("click", () => {
        unit.held = unit.conflict = false;
        unit.revision = revision;
        unit.base = stored;
        unit.sent = [];
        unit.say(null);
        this.#showVersions();
        if (button.dataset.keep === "stored") unit.apply(pick(stored, fields));
        if (!unit.isSame(stored)) {
          this.#keep(unit);
          this.#send(unit);
        } else {
          unit.changedAt = 0;
          this.store.drop(unit.name);
          this.#tell();
          this.form.dispatchEvent(new CustomEvent("autosave:heard", { detail: { unit: unit.name } }));
        }
        if (button.dataset.keep === "stored") unit.section.dispatchEvent(new Event("change", { bubbles: true }));
      });
    }
    box.tabIndex = -1;
    unit.say(box);
    this.mode = ""; // the server has answered
    this.#showVersions();
    this.form.dispatchEvent(new CustomEvent("autosave:conflict", { detail: { unit: unit.name } }));
  }

  // The box stands in its part of the form, mostly out of view: the news that is in view leads there.
  #showVersions() {
    if ([...together].some((one) => one.mode)) return; // said when that is over
    const waiting = [...together].flatMap((one) => [...one.units.values()]).filter((unit) => unit.conflict && unit.news);
    const told = waiting.map((unit) => unit.name).join(" ");
    if (told && this.banner.dataset.shown === "versions" && this.banner.dataset.told === told) return; // and may be in use
    this.#show("");
    this.banner.dataset.told = told;
    if (!waiting.length || !document.getElementById("save-versions")) return;
    const place = this.#show("versions").querySelector("[data-versions]");
    const line = place.firstElementChild;
    const lines = waiting.map((unit) => {
      const own = line.cloneNode(true);
      const number = unit.section.querySelector("h2 > b")?.textContent;
      const sentence = own.querySelector("[data-sentence]");
      const text = number ? sentence.dataset.numbered : sentence.textContent;
      sentence.textContent = text.replace("%s", number || title(unit));
      own.querySelector("button").addEventListener("click", () => this.#goTo(unit));
      return own;
    });
    place.replaceChildren(...lines);
  }

  #goTo({ section, news }) {
    for (let folded = section; (folded = folded.parentElement.closest("details")); ) folded.open = true;
    const go = () => {
      news.focus({ preventScroll: true });
      news.scrollIntoView();
    };
    if (section.offsetParent) return go();
    addEventListener("hashchange", go, { once: true }); // another step of the form: the address shows it
    location.hash = section.id;
  }

  // Saved in another tab of the same person: take it over where nothing was typed here, or just this.
  #heard({ unit: name, revision, values }) {
    const unit = this.units.get(name);
    if (!unit || unit.busy || revision <= unit.revision) return;
    if (unit.changedAt && !unit.isSame(values)) return;
    unit.apply(values);
    unit.base = values;
    unit.revision = revision;
    if (unit.changedAt) this.#sentElsewhere(unit);
    this.form.dispatchEvent(new CustomEvent("autosave:heard", { detail: { unit: name } }));
  }

  // The words that waited here have been sent by the tab in which the person signed in again.
  #sentElsewhere(unit) {
    clearTimeout(unit.timer);
    unit.changedAt = 0;
    unit.held = unit.conflict = false;
    unit.sent = [];
    unit.say(null);
    this.store.drop(unit.name);
    if (this.mode !== "closed" && !this.#unsent().length) this.mode = "";
    this.#showVersions();
    this.#tell();
  }

  #restore() {
    for (const unit of this.units.values()) {
      if (!unit.isTouched()) continue;
      unit.changedAt = Date.now();
      this.#keep(unit);
      this.#send(unit);
    }
    for (const [name, entry] of Object.entries(this.store.left())) {
      const unit = this.units.get(name);
      if (!unit || unit.changedAt) continue;
      if (unit.isSame(entry.values)) {
        this.store.drop(name);
        continue;
      }
      const stored = unit.values();
      unit.apply(entry.values);
      unit.changedAt = Date.now();
      unit.sent = entry.sent || [];
      const now = { stored, revision: unit.revision };
      if (entry.revision === unit.revision) {
        this.#send(unit);
        continue;
      }
      unit.base = entry.base || null;
      unit.revision = entry.revision; // until it is settled, however often the page is loaded
      if (this.#join(unit, now)) this.#send(unit);
      else this.#twoVersions(unit, now);
    }
  }

  // One banner at a time; the same one is not built twice. Returns the new box, or null.
  #show(template, mode = "") {
    this.mode = mode;
    if ((this.banner.dataset.shown || "") === template) return null;
    this.banner.dataset.shown = template;
    this.banner.replaceChildren();
    this.banner.hidden = !template;
    if (!template) return null;
    const box = document.getElementById(`save-${template}`).content.cloneNode(true).firstElementChild;
    this.banner.append(box);
    return box;
  }

  #tell() {
    const busy = [...this.units.values()].some((unit) => unit.busy);
    let text = this.line.dataset.idle;
    if (busy && !this.mode) text = this.line.dataset.saving;
    else if (this.#unsent().length) text = this.line.dataset.waiting;
    else if (this.lastSaved) text = this.line.dataset.saved.replace("%s", this.lastSaved);
    if (this.line.textContent !== text) this.line.textContent = text;
  }
}

function title(unit) {
  const { section, name } = unit;
  const heading = section.querySelector("h2, legend, th")?.textContent;
  const label = section.querySelector(":is(input, select, textarea)[aria-label]")?.getAttribute("aria-label");
  return (heading || label || section.querySelector("label")?.innerText.split("\n")[0] || name).trim();
}
