// Sends files one after the other, each with its progress; a failed one can be tried again. Works on any form with
// data-upload around a file field and templates/evaluations/_upload_list.html.
import { csrfToken } from "./http.js";

const MOST = 20 * 1024 * 1024;
const PART = 512 * 1024; // as files/parts.py: larger files go in parts and continue after a break
const WAITS = [1000, 3000, 8000, 20000];

// done: called after each file that was taken. Returns nothing; the form no longer submits by itself. Events of the
// form: "upload:rest", nothing is on its way any more; "upload:same", somebody wants the copy that is there already.
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
    list.lastElementChild.scrollIntoView({ block: "nearest" });
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
    if (busy) return;
    if (!queue.length) return form.dispatchEvent(new CustomEvent("upload:rest"));
    busy = true;
    const job = queue.shift();
    await sendOne(job).catch(() => say(job, "lost", true));
    busy = false;
    next();
  }

  function say(job, key, failed = false, words = "") {
    const state = job.line.querySelector(".upload-state");
    state.parentElement.setAttribute("role", failed ? "alert" : "status");
    state.textContent = words || state.dataset[key];
    state.classList.toggle("overdue", failed);
    job.line.querySelector("progress").hidden = key === "done" || failed;
    job.line.querySelector("[data-again]").hidden = !failed || key === "large" || key === "refused";
    if (failed) job.line.scrollIntoView({ block: "nearest" });
  }

  async function sendOne(job) {
    const body = new FormData(form);
    say(job, "sending");
    if (job.file.size > PART && form.dataset.parts) {
      const { name, size, lastModified } = job.file;
      const key = `${name}|${size}|${lastModified}`;
      const refusal = await sendParts(job, `${form.dataset.parts}?key=${encodeURIComponent(key)}`);
      if (refusal) return answered(job, refusal);
      body.delete("files");
      for (const [field, value] of [["key", key], ["name", name], ["size", size]]) body.set(`upload_${field}`, value);
    } else body.set("files", job.file);
    const share = body.has("files") ? (loaded, total) => (100 * loaded) / total : () => 100;
    answered(job, await post(form.action, body, (loaded, total) => bar(job, share(loaded, total)), () => say(job, "checking")));
  }

  // Part after part from where the last attempt ended. Resolves to nothing, or to the request that was refused.
  async function sendParts(job, address) {
    const { size } = job.file;
    let tries = 0;
    let at = null;
    while (at === null || at < size) {
      try {
        const request =
          at === null
            ? await ask("GET", address)
            : await post(`${address}&at=${at}`, job.file.slice(at, at + PART), (loaded) => bar(job, (100 * (at + loaded)) / size));
        if (request.status >= 500) throw request;
        if (request.status !== 200) return request;
        const before = at;
        at = JSON.parse(request.responseText).received;
        if (at === before) throw request;
        tries = 0;
        say(job, "sending");
        bar(job, (100 * at) / size);
      } catch (problem) {
        if (tries === WAITS.length) throw problem;
        say(job, "break");
        await new Promise((resolve) => setTimeout(resolve, WAITS[tries++]));
      }
    }
    return null;
  }

  function bar(job, percent) {
    job.line.querySelector("progress").value = percent;
  }

  const post = (url, body, onProgress, onSent) => ask("POST", url, body, onProgress, onSent);

  function ask(method, url, body = null, onProgress = null, onSent = null) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(method, url);
      request.setRequestHeader("X-Requested-With", "fetch");
      if (method === "POST") request.setRequestHeader("X-CSRFToken", csrfToken());
      if (body instanceof Blob) request.setRequestHeader("Content-Type", "application/octet-stream");
      request.timeout = 10 * 60_000;
      if (onProgress) request.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded, event.total));
      if (onSent) request.upload.addEventListener("load", onSent);
      for (const bad of ["error", "timeout", "abort"]) request.addEventListener(bad, reject);
      request.addEventListener("load", () => resolve(request));
      request.send(body);
    });
  }

  // Whatever is to be known about it, and its name where the server could not keep it.
  function added({ file, line }, { told, name }) {
    const { done, renamed } = line.querySelector(".upload-state").dataset;
    const words = told || done;
    if (!name || name === file.name.normalize("NFC").replace(/\s+/g, " ").trim()) return words;
    return `${words.replace(/\.?$/, ".")} ${renamed.replace("%s", name)}`;
  }

  function answered(job, request) {
    let data = {};
    try {
      data = JSON.parse(request.responseText);
    } catch {
      // a page instead of JSON: the words for "our side" stand
    }
    if (request.status === 201) {
      say(job, "done", false, added(job, data));
      done?.(data);
    } else if (data.same) {
      say(job, "refused", true, data.detail);
      const same = job.line.querySelector("[data-same]");
      same.hidden = false;
      const detail = { id: data.same, address: data.address, line: job.line };
      same.addEventListener("click", () => form.dispatchEvent(new CustomEvent("upload:same", { detail, bubbles: true })));
    } else say(job, request.status >= 500 || request.status === 401 ? "failed" : "refused", true, data.detail || "");
  }
}
