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

  // {field: text or boolean}
  values() {
    const found = {};
    for (const field of this.#fields()) {
      const key = this.#key(field);
      if (field.type === "radio") found[key] = field.checked ? field.value : found[key] || "";
      else if (field.type === "checkbox") found[key] = field.checked;
      else found[key] = field.value;
    }
    return found;
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

  // What a person would read of these values: the words on the chosen card, the ticks, the texts.
  words(values, texts) {
    const lines = [];
    for (const field of this.#fields()) {
      const value = values[this.#key(field)];
      if (field.type === "radio") {
        if (field.value === value) lines.push(field.closest("label").querySelector("b")?.textContent || value);
      } else if (field.type === "checkbox") {
        if (value === true) lines.push(field.closest("label").textContent.trim());
      } else if (value && field.type !== "hidden") lines.push(value);
    }
    return lines.join("\n") || texts.empty;
  }

  say(node) {
    this.news?.remove();
    this.news = node;
    if (node) (this.section.querySelector(".way") || this.section.lastElementChild).before(node);
  }
}

function norm(value) {
  return typeof value === "string" ? value.replace(/\r\n?/g, "\n") : value;
}
