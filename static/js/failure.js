// Says in the page what went wrong, in the server's words where it sent some. Texts: templates/components/texts.html.

// answer: the body of the response (text or parsed), or null when the server was not reached.
export function showFailure(answer) {
  const place = document.getElementById("messages");
  const template = document.getElementById(answer === null ? "text-lost" : "text-failed");
  const box = template.content.cloneNode(true).firstElementChild;
  let data = {};
  try {
    data = (typeof answer === "string" ? JSON.parse(answer) : answer) || {};
  } catch {
    // a page instead of a sentence: our own words stand
  }
  if (data.detail) box.querySelector("[data-sentence]").textContent = data.detail;
  for (const problem of data.problems || []) {
    const list = box.querySelector("[data-problems]");
    list.hidden = false;
    list.append(Object.assign(document.createElement("li"), { textContent: problem }));
  }
  if (data.login_url) {
    const link = box.querySelector("[data-link]");
    link.hidden = false;
    Object.assign(link.querySelector("a"), { href: data.login_url, target: "_blank" });
  }
  place.replaceChildren(box);
  place.scrollIntoView({ block: "nearest" });
}
