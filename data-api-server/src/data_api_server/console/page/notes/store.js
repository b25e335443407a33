// The notes that are loaded, newest first, and how more of them come.
import { api } from "../lib/api.js";
import { batch, computed, signal } from "../lib/html.js";
import { moves, needsYou } from "./about.js";

const FIRST = 40; // notes: more than a screen shows
const PAGE = 100;
const UNSETTLED = { status: ["received", "waiting", "retrying", "parked"], limit: 100 };
const PARTS = {
  moving: { status: ["received", "waiting", "retrying"] },
  needs: { status: ["parked"] },
  refused: { status: ["refused"] },
  archived: { archived: true },
};

export const filter = signal({ part: "all" }); // part, intent, sender, since (a day)
export const rows = signal([]);
export const fresh = signal([]); // came since, not shown yet
export const state = signal({ loading: false, problem: null, next: null, loaded: false, at: null });

const unsettled = signal(new Map());
export const moving = computed(() => [...unsettled.value.values()].filter(moves).length);
export const needing = computed(() => [...unsettled.value.values()].filter(needsYou).length);

let asked = 0;

const query = ({ part, intent, sender, since }) => ({ ...PARTS[part], intent, sender, since, limit: FIRST });

export const unfiltered = () => JSON.stringify(filter.value) === '{"part":"all"}';

// Loads the first page of what the filter names; what was asked before is forgotten.
export async function load() {
  const mine = ++asked;
  state.value = { ...state.value, loading: true, problem: null };
  try {
    const { data } = await api.get("v1/notes", query(filter.value));
    if (mine !== asked) return;
    batch(() => {
      rows.value = data.notes;
      fresh.value = [];
      state.value = { loading: false, problem: null, next: data.next, loaded: true, at: new Date() };
      count(data.notes);
    });
    if (!data.notes.length && data.next) await more(); // a page of a filtered list may be empty
  } catch (problem) {
    if (mine === asked) state.value = { ...state.value, loading: false, problem };
  }
}

export async function more() {
  const { next, loading } = state.value;
  if (!next || loading) return;
  const mine = asked;
  state.value = { ...state.value, loading: true, problem: null };
  try {
    const { data } = await api.get("v1/notes", { ...query(filter.value), limit: PAGE, cursor: next });
    if (mine !== asked) return;
    const there = new Set(rows.value.map((note) => note.message_id));
    rows.value = [...rows.value, ...data.notes.filter((note) => !there.has(note.message_id))];
    state.value = { ...state.value, loading: false, next: data.next };
  } catch (problem) {
    if (mine === asked) state.value = { ...state.value, loading: false, problem };
  }
}

export async function loadUnsettled() {
  const { data } = await api.get("v1/notes", UNSETTLED).catch(() => ({ data: { notes: [] } }));
  count(data.notes);
}

function count(notes) {
  const map = new Map(unsettled.value);
  for (const note of notes) {
    if (moves(note) || needsYou(note)) map.set(note.message_id, note);
    else map.delete(note.message_id);
  }
  unsettled.value = map;
}

// A note came or changed. One that is shown changes in its place; a new one waits on top, so that nothing jumps.
export function take(all, { atOnce }) {
  const aside = filter.value.part === "archived";
  const notes = all.filter((note) => note.archived === aside);
  for (const note of all) if (note.archived !== aside) drop(note.message_id);
  count(notes);
  const shown = new Map(rows.value.map((note) => [note.message_id, note]));
  const changed = notes.filter((note) => shown.has(note.message_id));
  const added = notes.filter((note) => !shown.has(note.message_id) && fits(note));
  if (changed.length) {
    const now = new Map(changed.map((note) => [note.message_id, note]));
    rows.value = rows.value.map((note) => now.get(note.message_id) ?? note);
  }
  if (!added.length) return;
  const ids = new Set(added.map((note) => note.message_id));
  fresh.value = sorted([...added, ...fresh.value.filter((note) => !ids.has(note.message_id))]);
  if (atOnce) showFresh();
}

export function showFresh() {
  batch(() => {
    rows.value = sorted([...fresh.value, ...rows.value]);
    fresh.value = [];
  });
}

export function drop(id) {
  const without = (notes) => notes.filter((note) => note.message_id !== id);
  batch(() => {
    rows.value = without(rows.value);
    fresh.value = without(fresh.value);
    unsettled.value = new Map([...unsettled.value].filter(([one]) => one !== id));
  });
}

// Whether it belongs into the list: it is one of the filter's, and not behind what is loaded.
function fits(note) {
  const { part, intent, sender, since } = filter.value;
  const last = state.value.next ? rows.value.at(-1)?.received_at : "";
  return (
    (PARTS[part]?.status?.includes(note.status) ?? true) && (!intent || note.intent === intent) &&
    (!sender || note.customer_id === sender) && (!since || note.received_at >= since) && note.received_at >= (last ?? "")
  );
}

const sorted = (notes) => [...notes].sort((one, other) => (one.received_at < other.received_at ? 1 : -1));
