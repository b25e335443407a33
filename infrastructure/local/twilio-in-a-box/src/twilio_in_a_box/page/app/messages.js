// The bubbles of a phone, and what it sends.
import { call, Problem } from "../lib/api.js";
import { change, state } from "../lib/state.js";
import { t } from "../lib/words.js";

export async function loadMessages(number) {
  const { messages } = await call("GET", `messages?phone=${encodeURIComponent(number)}`);
  change({ messages: { ...state.messages, [number]: messages } });
  const isNew = (one) => one.direction === "out" && one.status === "delivered";
  if (messages.some(isNew) && !document.hidden) await call("POST", `phones/${encodeURIComponent(number)}/read`);
}

// `fields` as the box names them; a file may be among them. Raises nothing: what went wrong stands in the phone.
export async function send(number, fields) {
  const form = new FormData();
  form.append("phone", number);
  for (const [name, value] of Object.entries(fields)) if (value || value === 0) form.append(name, value);
  change({ problems: { ...state.problems, [number]: "" } });
  try {
    await call("POST", "messages", form);
    await loadMessages(number);
    return true;
  } catch (problem) {
    change({ problems: { ...state.problems, [number]: wrong(problem) } });
    return false;
  }
}

export function wrong(problem) {
  if (!(problem instanceof Problem) || !problem.status) return t("send.no-answer");
  return problem.code ? t("send.refused-code", { code: problem.code, why: problem.message }) : t("send.refused", { why: problem.message });
}

// A copy of a bubble, as a forwarded message, from this phone.
export async function forward(bubble, number) {
  const [first] = bubble.media ?? [];
  const file = first ? await (await fetch(first.url)).blob().then((one) => new File([one], "forwarded", { type: first.content_type })) : null;
  return send(number, { text: bubble.text, file, forwarded: "true", ...bubble.place });
}

export const draft = (number) => state.drafts[number] ?? {};

export function write(number, patch) {
  change({ drafts: { ...state.drafts, [number]: { ...draft(number), ...patch } } });
}

// The field is free at once, as the answer of a slow network comes late. What was refused comes back into it.
export async function sendDraft(number, more = {}) {
  const before = { ...draft(number), ...more };
  const { text = "", file = null, quoting = null, forwarded } = before;
  if (!text.trim() && !file) return;
  write(number, { text: "", file: null, quoting: null });
  const went = await send(number, { text: text.trim(), file, forwarded, quoting: quoting?.sid });
  const now = draft(number);
  if (!went) write(number, { text: now.text || text, file: now.file ?? file, quoting: now.quoting ?? quoting });
}

export async function forget(number) {
  await call("DELETE", `phones/${encodeURIComponent(number)}/messages`);
  await loadMessages(number);
}
