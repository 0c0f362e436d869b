// Sends files one after the other, each with its progress; a failed one can be tried again. Works on any form with
// data-upload around a file field and templates/evaluations/_upload_list.html.
import { csrfToken } from "./http.js";

const MOST = 20 * 1024 * 1024;

// done: called after each file that was taken. Returns nothing; the form no longer submits by itself.
export function enhanceUpload(form, done) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-uploads]");
  const template = form.querySelector("[data-upload-line]");
  const queue = [];
  let busy = false;
  const button = form.querySelector("[data-upload-now]");
  if (button) button.hidden = true; // choosing or dropping a file sends it

  const take = () => {
    for (const file of input.files) add(file);
    input.value = "";
  };
  input.addEventListener("change", take);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take();
  });

  function add(file) {
    const line = template.content.cloneNode(true).firstElementChild;
    line.querySelector(".upload-name").textContent = file.name;
    list.append(line);
    const job = { file, line };
    line.querySelector("[data-again]").addEventListener("click", () => start(job));
    if (file.size > MOST) return say(job, "large", true);
    start(job);
  }

  function start(job) {
    say(job, "waiting");
    queue.push(job);
    next();
  }

  async function next() {
    if (busy || !queue.length) return;
    busy = true;
    const job = queue.shift();
    await sendOne(job).catch(() => say(job, "lost", true));
    busy = false;
    next();
  }

  function say(job, key, failed = false, words = "") {
    const state = job.line.querySelector(".upload-state");
    state.textContent = words || state.dataset[key];
    state.classList.toggle("overdue", failed);
    job.line.querySelector("progress").hidden = key === "done" || failed;
    job.line.querySelector("[data-again]").hidden = !failed || key === "large" || key === "refused";
  }

  function sendOne(job) {
    const body = new FormData(form);
    body.set("files", job.file);
    say(job, "sending");
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const bar = job.line.querySelector("progress");
      request.open("POST", form.action);
      request.setRequestHeader("X-Requested-With", "fetch");
      request.setRequestHeader("X-CSRFToken", csrfToken());
      request.timeout = 10 * 60_000;
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
      });
      request.upload.addEventListener("load", () => say(job, "checking"));
      for (const bad of ["error", "timeout", "abort"]) request.addEventListener(bad, reject);
      request.addEventListener("load", () => {
        answered(job, request);
        resolve();
      });
      request.send(body);
    });
  }

  function answered(job, request) {
    let data = {};
    try {
      data = JSON.parse(request.responseText);
    } catch {
      // a page instead of JSON: the words for "our side" stand
    }
    if (request.status === 201) {
      say(job, "done", false, data.told || "");
      done?.(data);
    } else if (data.same && form.querySelector("[name=for]")) {
      say(job, "refused", true, data.detail);
      const same = job.line.querySelector("[data-same]");
      same.hidden = false;
      same.addEventListener("click", () => form.dispatchEvent(new CustomEvent("upload:same", { detail: { id: data.same, line: job.line }, bubbles: true })));
    } else say(job, request.status >= 500 || request.status === 401 ? "failed" : "refused", true, data.detail || "");
  }
}
