// A form with a large file says that it is on its way: the browser shows nothing while the server reads.
for (const form of document.querySelectorAll("[data-sending]")) {
  const line = form.querySelector("[data-sending-line]");
  form.addEventListener("submit", () => {
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", line.dataset.text);
    line.replaceChildren(line.dataset.text, bar);
  });
  addEventListener("pageshow", () => line.replaceChildren());
}
