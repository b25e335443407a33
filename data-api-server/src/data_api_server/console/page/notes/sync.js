// Keeps the loaded notes as they are: what is pushed, and after each connection, what was missed.
import { api } from "../lib/api.js";
import { live } from "../lib/live.js";
import { drop, load, loadUnsettled, state, take } from "./store.js";

const RARELY = 120_000; // milliseconds; a push can be lost, though it seldom is
const UNTOLD = 30_000; // milliseconds, while there is no connection that would tell
const BEFORE = 60_000; // how far before the last look a next one begins: changes show a moment late
const MOST_PAGES = 5; // beyond that, the list is loaded again

let looked = null;

async function catchUp(how) {
  if (!state.value.loaded) return load();
  const since = new Date(looked - BEFORE).toISOString();
  looked = Date.now();
  let cursor;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { data } = await api.get("v1/notes", { updated_since: since, limit: 100, cursor });
    take(data.notes, how());
    if (!data.next) return undefined;
    cursor = data.next;
  }
  return load();
}

// `how` says, for each change, whether new notes may be shown at once. Gives back what ends it.
export function keep(how) {
  looked ??= Date.now();
  const again = () => catchUp(how).catch(() => {}); // the banner says that the server does not answer
  const ends = [
    live.on("note", ({ note }) => take([note], how())),
    live.on("note.changed", ({ note }) => take([note], how())),
    live.on("note.erased", ({ message_id: id }) => drop(id)),
    live.on("open", again),
  ];
  let told = Date.now();
  const look = () => {
    const due = live.state.value === "live" ? RARELY : UNTOLD;
    if (!document.hidden && Date.now() - told >= due) again((told = Date.now()));
  };
  const seen = () => document.hidden || again((told = Date.now()));
  const timer = setInterval(look, UNTOLD);
  document.addEventListener("visibilitychange", seen);
  if (state.value.loaded) again();
  else load().then(loadUnsettled); // what one sees comes first
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", seen);
    ends.forEach((end) => end());
  };
}
