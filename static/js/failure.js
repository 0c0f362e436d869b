// Says in the page what went wrong, in the server's words where it sent some. Texts: templates/components/texts.html.

// answer: the body of the response (text or parsed), or null when the server was not reached. near: what was used; it is
// said right behind it, also inside a dialog, and not in the page's place for messages. lost: words for the latter case.
export function showFailure(answer, near = null, lost = "") {
  const template = document.getElementById(answer === null ? "text-lost" : "text-failed");
  const box = template.content.cloneNode(true).firstElementChild;
  let data = {};
  try {
    data = (typeof answer === "string" ? JSON.parse(answer) : answer) || {};
  } catch {
    // a page instead of a sentence: our own words stand
  }
  if (data.detail) box.querySelector("[data-sentence]").textContent = data.detail;
  if (answer === null && lost) box.querySelector("p").textContent = lost;
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
  const place = near ? placeBehind(near) : document.getElementById("messages");
  place.replaceChildren(box);
  place.scrollIntoView({ block: "nearest" });
}

// What was said there is over.
export function clearFailure(near) {
  if (near.nextElementSibling?.matches("[data-failure]")) near.nextElementSibling.remove();
}

function placeBehind(near) {
  clearFailure(near);
  const place = document.createElement("div");
  place.dataset.failure = "";
  place.setAttribute("role", "alert");
  near.after(place);
  return place;
}

// A part of a page as scripts get it: the text of the answer, or null when there is none, which is then said behind `near`.
export async function fetchPart(url, near, options = {}) {
  const headers = { "X-Requested-With": "fetch", Accept: "text/html", ...options.headers };
  let text = null;
  let isPart = false;
  try {
    const answer = await fetch(url, { ...options, headers });
    text = await answer.text();
    const isHtml = (answer.headers.get("Content-Type") || "").startsWith("text/html");
    isPart = isHtml && (answer.ok || answer.status === 422); // 422: a form with what is wrong in it
  } catch {
    // not reached, or the answer broke off
    text = null;
  }
  if (isPart) clearFailure(near);
  else showFailure(text, near);
  return isPart ? text : null;
}
