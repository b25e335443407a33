// The company's calls, the newest first, and how many of them are going on.
import { badge } from "../app/badges.js";
import { api } from "../lib/api.js";
import { effect, signal } from "../lib/html.js";
import { live } from "../lib/live.js";
import { can, session } from "../lib/session.js";

const PAGE = 50;
const POLL = 30_000; // milliseconds, while one is going on: a push can be lost

export const calls = signal(null); // null while nothing is loaded
export const next = signal(null);
export const problem = signal(null);

export const isLive = ({ status }) => status === "live";

effect(() => {
  void session.value?.key_id; // somebody else sees nothing of it
  [calls.value, next.value, problem.value] = [null, null, null];
});
effect(() => badge("calls", (calls.value ?? []).filter(isLive).length));

// The first page again: what was loaded before it stays below.
export async function refresh() {
  if (!can("read")) return;
  try {
    const { data } = await api.get("v1/calls", { limit: PAGE });
    if ((calls.value?.length ?? 0) <= PAGE) next.value = data.next;
    keep(data.calls);
    problem.value = null;
  } catch (error) {
    problem.value = error;
  }
}

export async function more() {
  const { data } = await api.get("v1/calls", { limit: PAGE, cursor: next.value });
  keep(data.calls);
  next.value = data.next;
}

// Shows calls in the list as they are now.
function keep(changed) {
  const all = new Map([...(calls.value ?? []), ...changed].map((one) => [one.call_id, one]));
  calls.value = [...all.values()].sort((one, other) => other.started_at.localeCompare(one.started_at));
}

function take({ call_id: id, event, call, ended_at: endedAt, message_id: noteId }) {
  const now = { begun: call, ended: { status: "ended", ended_at: endedAt }, filed: { status: "filed", note_id: noteId } }[event];
  const before = calls.value?.find((one) => one.call_id === id);
  if (now && (before || event === "begun")) keep([{ ...before, ...now }]);
  else if (now) refresh();
}

const forget = ({ message_id: gone }) => (calls.value = calls.value?.filter((one) => one.call_id !== gone) ?? null);

// Keeps the list as it is elsewhere. Gives back what ends it.
export function watch() {
  const ends = [live.on("call", take), live.on("note.erased", forget), live.on("open", refresh)];
  const poll = setInterval(() => document.hidden || (calls.value?.some(isLive) && refresh()), POLL);
  refresh();
  return () => (clearInterval(poll), ends.forEach((end) => end()));
}
