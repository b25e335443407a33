// The inspector's events: what went over the wire, the newest first.
import { call } from "../lib/api.js";
import { change, state } from "../lib/state.js";

const MOST = 500;

let cleared = 0;

export async function loadEvents() {
  const { events } = await call("GET", `events?after=${cleared}`);
  change({ events: events.toReversed().slice(0, MOST), held: [] });
}

// A new one, or one that has its answer now.
export function add(event) {
  const list = state.paused && !state.events.some((one) => one.id === event.id) ? "held" : "events";
  const before = state[list];
  const known = before.some((one) => one.id === event.id);
  const after = known ? before.map((one) => (one.id === event.id ? event : one)) : [event, ...before];
  change({ [list]: after.slice(0, MOST) });
}

export function pause(paused) {
  change(paused ? { paused } : { paused, events: [...state.held, ...state.events].slice(0, MOST), held: [] });
}

export function clear() {
  cleared = (state.held[0] ?? state.events[0])?.id ?? cleared;
  change({ events: [], held: [], open: null });
}
