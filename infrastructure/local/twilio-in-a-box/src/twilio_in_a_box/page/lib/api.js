// The box's own API. Its address is relative to the page.
const BOX = new URL("../box/", document.baseURI);

export const address = (path) => new URL(path, BOX).href;

// A refusal, in the box's words. The status is 0 if it did not answer.
export class Problem extends Error {
  constructor(status, { message = "", error = "", detail = "", code = null } = {}) {
    super(message || error || detail || String(status));
    Object.assign(this, { status, code });
  }
}

export async function call(method, path, body) {
  const isForm = body instanceof FormData;
  const headers = body && !isForm ? { "content-type": "application/json" } : {};
  let answer;
  try {
    answer = await fetch(address(path), { method, headers, body: isForm || !body ? body : JSON.stringify(body) });
  } catch {
    throw new Problem(0);
  }
  const text = await answer.text();
  const read = answer.headers.get("content-type")?.includes("json") && text ? JSON.parse(text) : text;
  if (!answer.ok) throw new Problem(answer.status, typeof read === "string" ? { message: read } : read);
  return read;
}
