// Many small things on one page that save themselves: levels of a decision, answers of an opinion matrix.
// Every save says on which revision it stands. What is not saved yet is kept in this browser and sent again.
import { send } from "./http.js";
import { showFailure } from "./failure.js";

const WAITS = [1000, 3000, 8000, 20000];

export class Cells {
  // url: where to POST JSON. store: a name for what is kept (with the person in it: computers are shared).
  // state: the element that says how saving goes. on: {saved(key, data), conflict(key, data, body), refused(key, data),
  // held(keys): nothing but these is left, and they wait for the person's choice}.
  constructor({ url, store, state, on }) {
    Object.assign(this, { url, store: `chuan:${store}`, state, on });
    this.idle = state?.textContent;
    this.waiting = new Map(Object.entries(this.#kept()));
    this.revisions = new Map([...this.waiting].map(([key, { revision }]) => [key, revision ?? 0]));
    this.held = new Set();
    this.busy = false;
    this.tries = 0;
    addEventListener("online", () => this.flush());
    addEventListener("focus", () => this.flush());
    addEventListener("beforeunload", (event) => {
      if (this.busy || this.waiting.size) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.flush();
    });
  }

  // What the page shows has this revision. What an earlier visit kept stands on its own: somebody may have saved since.
  begin(key, revision) {
    if (!this.waiting.has(key)) this.revisions.set(key, revision);
  }

  // The latest value of one thing; sent as soon as what is under way has arrived.
  put(key, body, delay = 0) {
    this.waiting.set(key, body);
    this.#keep();
    if (this.held.has(key)) return;
    this.say("saving");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), delay);
  }

  // Nothing of this key is sent until `resolve`: the person decides between two versions first.
  hold(key) {
    this.held.add(key);
  }

  resolve(key, revision) {
    this.held.delete(key);
    this.revisions.set(key, revision);
  }

  drop(key) {
    this.waiting.delete(key);
    this.#keep();
  }

  // A form of the page is sent only when everything has arrived, or after eight seconds not at all: by then the person
  // has other things in mind. onHold: called when one has to wait.
  holdForms(onHold) {
    document.addEventListener(
      "submit",
      (event) => {
        if (!this.busy && !this.waiting.size) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        onHold?.();
        this.flush();
        const end = Date.now() + 8000;
        const again = setInterval(() => {
          if ((this.busy || this.waiting.size) && Date.now() < end) return;
          clearInterval(again);
          if (!this.busy && !this.waiting.size) event.target.requestSubmit(event.submitter);
        }, 100);
      },
      { capture: true },
    );
  }

  async flush() {
    if (this.busy) return;
    clearTimeout(this.timer);
    const next = [...this.waiting].find(([key]) => !this.held.has(key));
    if (!next) {
      this.#settle();
      return;
    }
    const [key, body] = next;
    this.busy = true;
    try {
      const sent = JSON.stringify({ ...body, revision: this.revisions.get(key) ?? 0 });
      this.#answer(key, body, await send(this.url, { body: sent, keepalive: sent.length < 30000 }));
    } catch {
      this.#later("offline");
    } finally {
      this.busy = false;
    }
    if (!this.tries) this.flush();
  }

  #answer(key, body, { ok, status, data }) {
    if (ok) {
      this.tries = 0;
      this.revisions.set(key, data.revision);
      if (this.waiting.get(key) === body) this.waiting.delete(key);
      this.#keep();
      this.on.saved?.(key, data);
      if (!this.waiting.size) this.say("done", data.saved);
    } else if (status === 409 && data.stored) {
      this.tries = 0;
      this.hold(key);
      this.on.conflict(key, data, body);
    } else if (status === 401) {
      this.#later("login");
    } else if (status >= 500 || status === 0 || status === 429) {
      this.#later("offline");
    } else {
      this.tries = 0;
      this.drop(key);
      this.on.refused?.(key, data);
      showFailure(JSON.stringify(data));
      this.say("refused", data.detail);
    }
  }

  // Nothing is left to send: says so where something was waiting for a choice, or still is.
  #settle() {
    if (this.waiting.size) {
      this.say("held", this.waiting.size);
      this.on.held?.([...this.waiting.keys()]);
    } else if (this.state?.dataset.state === "held") {
      this.say("idle");
    }
  }

  #later(why) {
    this.say(why);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), WAITS[Math.min(this.tries++, WAITS.length - 1)]);
  }

  say(what, more = "") {
    if (!this.state) return;
    this.state.dataset.state = what;
    const words = what === "idle" ? this.idle : this.state.dataset[what];
    this.state.textContent = words?.includes("%s") ? words.replace("%s", more) : [words, more].filter(Boolean).join(" ");
  }

  #kept() {
    try {
      return JSON.parse(localStorage.getItem(this.store) || "{}");
    } catch {
      return {};
    }
  }

  #keep() {
    try {
      const kept = [...this.waiting].map(([key, body]) => [key, { ...body, revision: this.revisions.get(key) ?? 0 }]);
      if (kept.length) localStorage.setItem(this.store, JSON.stringify(Object.fromEntries(kept)));
      else localStorage.removeItem(this.store);
    } catch {
      // a full or forbidden store: the page itself still holds the words
    }
  }
}
