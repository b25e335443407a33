// The questions of this tab, with their answers: kept until it is closed, or somebody signs out or in with another key.
import { effect, signal } from "../lib/html.js";
import { session } from "../lib/session.js";

const KEPT = "console.asked";
const MOST = 20; // threads

export const ANYTHING = { notes: [], since: "", until: "", sender: "", name: "" };

// One conversation: { id, scope, conversation, turns: [{ id, question, at, state, statements, notice, leftOut, engine, problem }] }
export const threads = signal([]);
export const open = signal(null); // a thread's id
export const scope = signal(ANYTHING); // of the next question

let whose = null;
effect(() => {
  const key = session.value?.key_id ?? null;
  if (whose && whose !== key) forget();
  else if (key && !whose) threads.value = kept(key);
  whose = key;
});
effect(() => {
  const asked = JSON.stringify({ whose, threads: threads.value });
  if (whose) sessionStorage.setItem(KEPT, asked);
});

function forget() {
  sessionStorage.removeItem(KEPT);
  [threads.value, open.value, scope.value] = [[], null, ANYTHING];
}

function kept(key) {
  const found = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  const stopped = (turn) => (turn.state === "asks" ? { ...turn, state: "stopped" } : turn); // by a reload
  return found?.whose === key ? found.threads.map((one) => ({ ...one, turns: one.turns.map(stopped) })) : [];
}

export const current = () => threads.value.find((one) => one.id === open.value) ?? null;

export function begin(id) {
  threads.value = [...threads.value, { id, scope: scope.value, conversation: null, turns: [] }].slice(-MOST);
  open.value = id;
}

export function openThread(id) {
  open.value = id;
  scope.value = current()?.scope ?? ANYTHING;
}

export function change(id, changed) {
  threads.value = threads.value.map((one) => (one.id === id ? { ...one, ...changed(one) } : one));
}

// `changed` gives the turn's new fields.
export function changeTurn(id, turnId, changed) {
  change(id, ({ turns }) => ({ turns: turns.map((turn) => (turn.id === turnId ? { ...turn, ...changed(turn) } : turn)) }));
}
