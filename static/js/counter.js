// Characters left below a text area. Said aloud only after a pause, so that it does not talk into the typing.
export function enhance(root) {
  for (const box of root.querySelectorAll("[data-counter]:not([data-ready])")) {
    box.dataset.ready = "";
    const area = box.querySelector("textarea");
    const line = box.querySelector(".counter");
    const limit = Number(box.dataset.counter);
    area.removeAttribute("maxlength"); // a pasted text is not cut off in silence: the counter and the server say so
    let pause;
    const count = () => {
      const left = limit - area.value.length;
      line.textContent = `${left < 0 ? box.dataset.over : box.dataset.left} ${Math.abs(left).toLocaleString(document.documentElement.lang)}`;
      line.classList.toggle("counter-over", left < 0);
    };
    area.addEventListener("input", () => {
      count();
      clearTimeout(pause);
      pause = setTimeout(() => (document.getElementById("heard").textContent = line.textContent), 1500);
    });
    count();
  }
}

// Words that wait for a button are not lost by a link or by the other language: the browser asks first.
addEventListener("beforeunload", (event) => {
  const refused = document.querySelector("[data-error-summary]");
  for (const area of document.querySelectorAll("[data-counter] textarea")) {
    const typed = area.value.trim() && (refused || area.value !== area.defaultValue);
    if (typed && !area.form.dataset.sent) event.preventDefault();
  }
});
