// Requests of our own scripts. The server answers them with JSON sentences instead of pages.

// From the cookie at the moment of sending: a sign-in in another tab changes the token.
export function csrfToken() {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  return cookie ? decodeURIComponent(cookie.slice("csrftoken=".length)) : "";
}

// fetch with what the server wants. Resolves to {ok, status, data}; data is the parsed JSON, {} when there is none.
// Rejects only when nothing reached the server.
export async function send(url, { method = "POST", body = null, signal = null, keepalive = false } = {}) {
  const headers = { "X-Requested-With": "fetch", Accept: "application/json" };
  if (method !== "GET") headers["X-CSRFToken"] = csrfToken();
  const response = await fetch(url, { method, body, signal, keepalive, headers, credentials: "same-origin" });
  let data = {};
  if ((response.headers.get("Content-Type") || "").startsWith("application/json")) {
    data = await response.json().catch(() => ({}));
  }
  return { ok: response.ok, status: response.status, data };
}
