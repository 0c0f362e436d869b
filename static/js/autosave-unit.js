// One part of a form that is saved on its own: an element with data-unit="name" (or its id) and data-url (or the form's
// data-base before the name), its fields named "<field>-<name>" or "<field>", its revision in data-revision or in a
// hidden field "revision-<name>".
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
    if (!this.base) return different;
    const base = { ...this.base };
    const isChanged = (values, key) => base[key] === undefined || norm(values[key]) !== norm(base[key]);
    const clashes = different.filter((key) => isChanged(mine, key) && isChanged(stored, key));
    this.apply(pick(stored, different.filter((key) => !isChanged(mine, key))));
    this.base = { ...base, ...pick(stored, known.filter((key) => !clashes.includes(key))) };
    return clashes;
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
