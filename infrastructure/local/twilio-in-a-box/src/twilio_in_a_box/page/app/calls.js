// The calls of the shown phones: one a phone, until somebody puts it away. What happens in them comes by the stream.
import { call } from "../lib/api.js";
import { hear, hush } from "../lib/hearing.js";
import { change, state } from "../lib/state.js";
import { wrong } from "./messages.js";

const ENDED = ["completed", "busy", "no-answer", "failed", "canceled"];
const placed = new Set(); // phones whose call this page placed: what they hear is spoken here

export const isOver = (one) => ENDED.includes(one.status);

export async function loadCalls() {
  const { calls, numbers, recognises } = await call("GET", "calls");
  const ours = calls.filter((one) => !isOver(one) || state.calls[one.phone]?.sid === one.sid);
  change({ numbers, recognises, calls: Object.fromEntries(ours.map((one) => [one.phone, one])) });
}

// Raises Problem where the box does not place it.
export async function place(phone, order) {
  placed.add(phone);
  change({ view: "phones" });
  followCall(await call("POST", "calls", { clock: "real", ...order }));
}

export function followCall(one) {
  const before = state.calls[one.phone];
  const isSame = before?.sid === one.sid;
  if (!isSame && isOver(one) && !placed.has(one.phone)) return;
  if (isSame && one.lines.length < before.lines.length) return; // an answer that the stream has overtaken
  if (placed.has(one.phone)) hear(one.lines.slice(isSame ? before.lines.length : 0));
  change({ calls: { ...state.calls, [one.phone]: one } });
}

// What went wrong stands in the call.
export async function act(one, what, fields = {}) {
  change({ callProblems: { ...state.callProblems, [one.phone]: "" } });
  try {
    await call("POST", `calls/${one.sid}/${what}`, fields);
    return true;
  } catch (problem) {
    change({ callProblems: { ...state.callProblems, [one.phone]: wrong(problem) } });
    return false;
  }
}

export function putCallAway(phone) {
  hush();
  placed.delete(phone);
  const { [phone]: _, ...calls } = state.calls;
  change({ calls });
}
