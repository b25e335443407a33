// The data API. Paths are relative to the page, so a stage in its address does not matter.
import { signal } from "./html.js";

// A refusal, as RFC 9457 says it. The status is 0 if the server did not answer.
export class Problem extends Error {
  constructor(status, { title = "", detail = "", errors = [] } = {}, retryAfter = null) {
    super(title || detail || String(status));
    Object.assign(this, { status, title, detail, errors, retryAfter, field: errors[0]?.field ?? null });
  }
}

// Since when the server has not answered; null while it does.
export const lostSince = signal(null);

let key = "";
let refused = () => {};

export function useKey(secret, whenRefused = () => {}) {
  key = secret;
  refused = whenRefused;
}

async function send(method, path, { query, body, etag, abort } = {}) {
  const headers = { "x-api-key": key };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (etag) headers["if-match"] = etag;
  const content = body === undefined ? undefined : JSON.stringify(body);
  let answer;
  let text;
  try {
    answer = await fetch(path + asked(query), { method, headers, body: content, signal: abort, cache: "no-store" });
    text = await answer.text();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    lostSince.value ??= new Date();
    throw new Problem(0);
  }
  lostSince.value = null;
  if (answer.ok) return { data: read(text), text, etag: answer.headers.get("etag"), status: answer.status };
  const told = read(text) ?? {};
  // API Gateway itself says that a key does not work, with a message in place of a problem. It may be a key from before.
  if (headers["x-api-key"] === key && [401, 403].includes(answer.status) && !("title" in told)) refused();
  throw new Problem(answer.status, told, Number(answer.headers.get("retry-after")) || null);
}

function asked(query = {}) {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  const set = pairs.filter(([, value]) => value !== undefined && value !== null && value !== "");
  return set.length ? `?${new URLSearchParams(set)}` : "";
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const api = {
  get: (path, query, options) => send("GET", path, { ...options, query }),
  post: (path, body, options) => send("POST", path, { ...options, body }),
  put: (path, body, options) => send("PUT", path, { ...options, body }),
  patch: (path, body, options) => send("PATCH", path, { ...options, body }),
  delete: (path, options) => send("DELETE", path, options),
};
