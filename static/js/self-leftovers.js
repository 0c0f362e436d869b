// On a self-assessment that can no longer be changed: words of this person that never reached the server, to be copied.
import { offerWords, rareTexts } from "./autosave.js";
import { Store } from "./autosave-store.js";

const place = document.getElementById("save-news");
const store = new Store(place.dataset.autosave);
const left = Object.entries(store.left());
if (left.length && (await rareTexts(place.dataset.texts))) {
  const box = document.getElementById("save-closed").content.cloneNode(true).firstElementChild;
  place.hidden = false;
  place.append(box);
  const words = left.map(([unit, { values }]) => {
    const texts = Object.values(values).filter((value) => typeof value === "string" && value);
    return `${unit}\n${texts.join("\n")}`;
  });
  offerWords(box, words.join("\n\n"), () => {
    store.dropAll();
    place.hidden = true;
  });
}
