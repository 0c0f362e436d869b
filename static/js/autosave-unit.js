// One part of a form that is saved on its own: an element with data-unit="name" (or its id) and data-url (or the form's
// data-base before the name), its fields named "<field>-<name>" or "<field>", its revision in data-revision or in a
// hidden field "revision-<name>".
const MOST_SENT = 40;

export class Unit {
  constructor(section) {
    this.section = section;
    this.name = section.dataset.unit || section.id;
    this.url = section.dataset.url || `${section.closest("[data-base]").dataset.base}${this.name}/`;
    this.counter = section.querySelector(`[name="revision-${this.name}"]`); // where the form also works without scripts
    this.changedAt = 0; // when the oldest unsent change was made; 0: nothing unsent
    this.busy = false;
    this.held = false; // waits for a person: two versions, or a text that is too long
    this.timer = 0;
    // {field: value} as last agreed upon with the server; null where the page came back with refused words in its fields
    this.base = section.querySelector(".error") ? null : this.values(true);
    this.sent = []; // marks of what was sent on top of `base`, oldest first: any of it may have arrived unheard of
  }

  get revision() {
    return Number(this.counter ? this.counter.value : this.section.dataset.revision);
  }

  set revision(number) {
    if (this.counter) this.counter.value = number;
    else this.section.dataset.revision = number;
  }

  #fields() {
    return [...this.section.querySelectorAll("input, textarea, select")].filter((field) => field.name && field !== this.counter);
  }

  #key(field) {
    return field.name.endsWith(`-${this.name}`) ? field.name.slice(0, -this.name.length - 1) : field.name;
  }

  // {field: text or boolean}, now or as the page came
  values(first = false) {
    const found = {};
    const checked = first ? "defaultChecked" : "checked";
    for (const field of this.#fields()) {
      const key = this.#key(field);
      if (field.type === "radio") found[key] = field[checked] ? field.value : found[key] || "";
      else if (field.type === "checkbox") found[key] = field[checked];
      else if (first && field.options) found[key] = [...field.options].find((one) => one.defaultSelected)?.value ?? field.value;
      else found[key] = first ? field.defaultValue : field.value;
    }
    return found;
  }

  // Takes over what was changed elsewhere alone. Returns the fields a person has to choose between: those changed on both
  // sides; all that differ where nobody knows who changed what.
  merge(stored) {
    const mine = this.values();
    const known = Object.keys(mine).filter((key) => stored[key] !== undefined);
    const different = known.filter((key) => norm(mine[key]) !== norm(stored[key]));
    this.#recognise(mine, pick(stored, known));
    if (!this.base) return different;
    const base = { ...this.base };
    const isChanged = (values, key) => base[key] === undefined || norm(values[key]) !== norm(base[key]);
    const clashes = different.filter((key) => isChanged(mine, key) && isChanged(stored, key));
    this.apply(pick(stored, different.filter((key) => !isChanged(mine, key))));
    this.base = { ...base, ...pick(stored, known.filter((key) => !clashes.includes(key))) };
    return clashes;
  }

  // Remembers what is about to be sent. False when that is known already.
  sends(values) {
    const marks = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, mark(value)]));
    if (isSameMarks(this.sent.at(-1), marks)) return false;
    this.sent.push(marks);
    if (this.sent.length > MOST_SENT) this.sent.splice(MOST_SENT / 2, 1); // the first and the last are likeliest
    return true;
  }

  // Were these words sent from here, and the answer lost? Then they, not `base`, are what both sides have changed since.
  #recognise(mine, stored) {
    const isThere = (sent, key) => sent[key] === mark(stored[key]);
    const keys = Object.keys(stored);
    const texts = this.#fields().filter((field) => field.matches("textarea, [type=text]")).map((field) => this.#key(field));
    const typed = texts.filter((key) => stored[key] && norm(stored[key]) !== norm(this.base?.[key])); // not by accident
    const sent =
      this.sent.find((one) => keys.every((key) => isThere(one, key))) ||
      this.sent.find((one) => typed.some((key) => key in stored && isThere(one, key)));
    if (!sent) return;
    this.base = { ...this.base };
    for (const key of keys) {
      if (isThere(sent, key)) this.base[key] = stored[key];
      else if (sent[key] === mark(mine[key])) this.base[key] = mine[key];
      else delete this.base[key]; // changed on both sides since
    }
  }

  // Typed before the script was there: on a slow line people are quicker.
  isTouched() {
    return this.#fields().some((field) => {
      if (["radio", "checkbox"].includes(field.type)) return field.checked !== field.defaultChecked;
      if (field.options) return [...field.options].some((option) => option.defaultSelected && !option.selected);
      return norm(field.value) !== norm(field.defaultValue);
    });
  }

  apply(values) {
    for (const field of this.#fields()) {
      const value = values[this.#key(field)];
      if (value === undefined) continue;
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type === "checkbox") field.checked = value === true;
      else field.value = value;
    }
  }

  isSame(values) {
    const mine = this.values();
    return Object.keys(mine).every((key) => values[key] === undefined || norm(mine[key]) === norm(values[key]));
  }

  // What a person would read of these values: the words on the chosen card, the ticks, the texts. Who compares is told
  // what is missing too: texts.none, texts.unticked.
  words(values, texts) {
    const lines = [];
    const isCompared = Boolean(texts.unticked) && Object.keys(values).length > 1;
    for (const field of this.#fields()) {
      const key = this.#key(field);
      const value = values[key];
      if (field.type === "radio") {
        if (field.value === value) lines.push(field.closest("label").querySelector("b")?.textContent || value);
        else if (value === "" && texts.none && !lines.includes(texts.none)) lines.push(texts.none);
      } else if (field.type === "checkbox") {
        const label = field.closest("label")?.textContent.trim() || key;
        if (value === true) lines.push(label);
        else if (value === false && texts.unticked) lines.push(`${texts.unticked} ${label}`);
      } else if (field.type === "hidden" || value === undefined) continue;
      else if (isCompared) lines.push(`${field.labels?.[0]?.firstChild.textContent.trim() || key}: ${value || texts.empty}`);
      else if (value) lines.push(value);
    }
    return lines.join("\n") || texts.empty;
  }

  say(node) {
    this.news?.remove();
    this.news = node;
    if (node) (this.section.querySelector(".way") || this.section.lastElementChild).before(node);
  }
}

export function pick(values, keys) {
  return Object.fromEntries(keys.map((key) => [key, values[key]]));
}

function norm(value) {
  return typeof value === "string" ? value.replace(/\r\n?/g, "\n") : value;
}

function isSameMarks(one, other) {
  return Boolean(one) && Object.keys(other).every((key) => one[key] === other[key]);
}

// A few characters that stand for a value, as the server may have tidied it.
function mark(value) {
  if (typeof value !== "string") return value;
  const text = norm(value).trim();
  if (text.length < 20) return text;
  let [one, two] = [7, 11];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    two = Math.imul(two ^ code, 0x5bd1e995) + at;
  }
  return `${text.length}:${one >>> 0}:${two >>> 0}`;
}
