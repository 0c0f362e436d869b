// On a self-assessment that can no longer be changed: words of this person that never reached the server, to be copied.
import { Store } from "./autosave-store.js";
import { offerWords, rareTexts } from "./autosave-texts.js";

const place = document.getElementById("save-news");
const { parts, fields, levels } = JSON.parse(place.dataset.names);
const store = new Store(place.dataset.autosave);
const left = Object.entries(store.left());
if (left.length && (await rareTexts(place.dataset.texts))) {
  const box = document.getElementById("save-closed").content.cloneNode(true).firstElementChild;
  box.querySelector("[data-sentence]").remove(); // the page says why it is closed
  place.hidden = false;
  place.append(box);
  const words = left.map(([unit, { values }]) => {
    const lines = Object.entries(values).map(([field, value]) => line(unit, field, value));
    return [parts[unit] || unit, ...lines.filter(Boolean)].join("\n");
  });
  offerWords(box, words.join("\n\n"), () => {
    store.dropAll();
    place.hidden = true;
  });
}

// As a person would read it; "" where there is nothing to read.
function line(unit, field, value) {
  if (value === true) return fields[field] || "";
  if (typeof value !== "string" || !value) return "";
  if (field === "level") return levels[unit]?.[value] || value;
  return fields[field] ? `${fields[field]}: ${value}` : value;
}
