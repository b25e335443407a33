// Loads what the box knows, and follows it. When the box goes away, the page stays, says so, and loads all when it is back.
import { address, call } from "../lib/api.js";
import { choose, remembered } from "../lib/shown.js";
import { change, state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { followCall, loadCalls } from "./calls.js";
import { add, loadEvents } from "./events.js";
import { loadMessages } from "./messages.js";

const AGAIN = 2000; // milliseconds
const SETTLES = 60; // several changes of one phone are loaded once

let stream = null;
let timer = null;
const stale = new Set();

export function begin() {
  change({});
  return connect();
}

export async function connect() {
  clearTimeout(timer);
  try {
    await loadAll();
    follow();
  } catch (problem) {
    if (problem.status === 401) change({ connection: "locked" });
    else lost();
  }
}

async function loadAll() {
  await loadState();
  await Promise.all([loadEvents(), loadCalls(), ...state.shown.map(loadMessages)]);
  change({ connection: "live", lostSince: null, said: state.lostSince ? t("lost.back") : "" });
}

async function loadState() {
  const { phones, number, switches, links, typing: typed } = await call("GET", "state");
  change({ number, phones, links, switches });
  for (const [phone, until] of Object.entries(typed)) typing({ phone, until });
  const shown = (state.shown.length ? state.shown : remembered(phones)).filter((one) => phones.some((phone) => phone.number === one));
  choose(shown);
}

function follow() {
  stream?.close();
  stream = new EventSource(address("stream"));
  stream.onerror = lost;
  for (const name of ["message", "status"]) stream.addEventListener(name, (event) => reload(JSON.parse(event.data)));
  stream.addEventListener("typing", (event) => typing(JSON.parse(event.data)));
  stream.addEventListener("call", (event) => followCall(JSON.parse(event.data)));
  stream.addEventListener("switches", () => loadState().catch(lost));
  stream.addEventListener("phones", () => loadState().then(() => reload({}), lost)); // a conversation may be forgotten
  stream.addEventListener("event", (event) => add(JSON.parse(event.data)));
}

function lost() {
  stream?.close();
  change({ connection: "lost", lostSince: state.lostSince ?? Date.now() });
  timer = setTimeout(connect, AGAIN);
}

function reload({ phone }) {
  for (const one of phone ? [phone] : state.shown) stale.add(one);
  if (stale.size) setTimeout(() => ([...stale].filter((one) => state.shown.includes(one)).forEach((one) => loadMessages(one).catch(() => {})), stale.clear()), SETTLES);
}

const ends = {};

function typing({ phone, until }) {
  clearTimeout(ends[phone]);
  const show = (on) => change({ typing: { ...state.typing, [phone]: on } });
  show(Boolean(until));
  if (until) ends[phone] = setTimeout(show, Date.parse(until) - Date.now(), false);
}
