// Words that have not reached the server yet, kept on this device. One entry for each person, form, part and tab, so
// that nobody else's words are ever read and two tabs never write over each other.
const TAB = tabId();
const ALIVE = "chuan:alive:";
const FRESH = 120_000;

function tabId() {
  try {
    const known = sessionStorage.getItem("chuan:tab") || Math.random().toString(36).slice(2, 10);
    sessionStorage.setItem("chuan:tab", known);
    return known;
  } catch {
    return Math.random().toString(36).slice(2, 10);
  }
}

export class Store {
  // key: "chuan:<person>:<form>"
  constructor(key) {
    this.key = key;
    this.works = true;
    this.canSend = true;
    addEventListener("pagehide", () => {
      this.gone = true;
      this.#quietly(() => localStorage.removeItem(ALIVE + TAB));
    });
    addEventListener("pageshow", () => {
      this.gone = false;
      this.beat();
    });
    this.timer = setInterval(() => this.beat(), 20_000);
  }

  stop() {
    clearInterval(this.timer);
  }

  // Other tabs leave the entries of a tab alone that has been seen lately and gets its words through.
  beat() {
    if (this.#own().length) this.#live();
  }

  // A tab whose sign-in has ended, for example: the next one that opens the form takes over what waits.
  sends(isSending) {
    this.canSend = isSending;
    if (isSending) this.beat();
    else this.#quietly(() => localStorage.removeItem(ALIVE + TAB));
  }

  #live() {
    if (!this.gone && this.canSend) this.#quietly(() => localStorage.setItem(ALIVE + TAB, String(Date.now())));
  }

  keep(unit, { values, revision, base, sent }) {
    try {
      localStorage.setItem(`${this.key}:${unit}:${TAB}`, JSON.stringify({ values, revision, base, sent, at: Date.now() }));
      this.#live();
      this.works = true;
    } catch {
      this.works = false;
    }
  }

  drop(unit) {
    this.#quietly(() => localStorage.removeItem(`${this.key}:${unit}:${TAB}`));
  }

  dropAll() {
    for (const name of this.#names()) this.#quietly(() => localStorage.removeItem(name));
  }

  // {unit: {values, revision, base, sent, at}} of this tab and of tabs that are gone; the newest of each unit. Taken over by this tab.
  left() {
    const found = {};
    for (const name of this.#names()) {
      const [unit, tab] = name.slice(this.key.length + 1).split(":");
      if (tab !== TAB && this.#isAlive(tab)) continue;
      const entry = this.#read(name);
      if (!entry || (found[unit] && found[unit].at > entry.at)) continue;
      found[unit] = { ...entry, name };
    }
    for (const [unit, entry] of Object.entries(found)) {
      if (entry.name.endsWith(`:${TAB}`)) continue;
      this.keep(unit, entry);
      this.#quietly(() => localStorage.removeItem(entry.name));
    }
    return found;
  }

  #isAlive(tab) {
    return Date.now() - Number(this.#quietly(() => localStorage.getItem(ALIVE + tab)) || 0) < FRESH;
  }

  #own() {
    return this.#names().filter((name) => name.endsWith(`:${TAB}`));
  }

  #names() {
    return this.#quietly(() => Object.keys(localStorage).filter((name) => name.startsWith(`${this.key}:`))) || [];
  }

  #read(name) {
    return this.#quietly(() => JSON.parse(localStorage.getItem(name)));
  }

  #quietly(act) {
    try {
      return act();
    } catch {
      return null; // storage is off or full: `works` says so where it matters
    }
  }
}
