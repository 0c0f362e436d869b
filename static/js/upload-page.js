// The page "Add files": several at once, each with its progress; the ticked criteria go along.
import { enhanceUpload } from "./upload.js";

for (const form of document.querySelectorAll("[data-upload]")) {
  const button = form.querySelector("button.btn-primary");
  button.hidden = true;
  enhanceUpload(form);
  const back = form.querySelector("a.btn");
  back.href = form.dataset.list;
}
