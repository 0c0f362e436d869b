// What saving says where it cannot go on by itself: templates/components/save_texts_rare.html.

// Texts that hardly anybody needs are fetched once; false when that failed.
export async function rareTexts(url) {
  if (document.getElementById("save-conflict")) return true;
  const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (!answer?.ok) return false;
  document.body.insertAdjacentHTML("beforeend", await answer.text());
  return true;
}

// The box of a form that is closed: the words to copy, and their removal from this device.
export function offerWords(box, words, forget) {
  const place = box.querySelector("[data-words]");
  place.textContent = words;
  box.querySelector("[data-copy-words]").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      getSelection().selectAllChildren(place);
    }
  });
  box.querySelector("[data-forget]").addEventListener("click", forget);
}
