// The files on their way: two at a time, the others in line. It lives as long as the tab, whatever page is shown.
import { api, lostSince } from "../lib/api.js";
import { effect, signal } from "../lib/html.js";
import { about } from "./about.js";
import { follow } from "./following.js";
import { drop, hold, keep, kept, readable } from "./kept.js";
import { arrivedOf, send } from "./sending.js";

const AT_ONCE = 2;

// { id, key, name, size, seconds, pages, file, source, uploadId, sent, state, problem, messageId, status, text }. `source` is
// what the file can be read from after a reload. State: "next", "going", "paused", "stopped" (with a problem), "lost" (its
// file has to be read or chosen again), "refused", "arrived".
export const items = signal([]);
export const largest = signal(0);
export const rate = signal(0); // bytes a second

const stops = new Map();
const runs = new Map();
let count = 0;

export const find = (id) => items.value.find((one) => one.id === id);
export const change = (id, values) => (items.value = items.value.map((one) => (one.id === id ? { ...one, ...values } : one)));

// [{ file, source }]
export function add(chosen) {
  for (const { file, source } of chosen) {
    const lost = items.value.find((one) => one.state === "lost" && one.name === file.name && one.size === file.size);
    if (lost) resume(lost.id, file);
    else added({ name: file.name, size: file.size, file, source, sent: 0, state: "next", problem: refusal(file) });
  }
  pump();
}

const refusal = ({ size }) => (!size ? "upload.empty" : largest.value && size > largest.value ? "upload.too-large" : null);

function added(values) {
  const item = { id: ++count, key: crypto.randomUUID(), ...values };
  if (item.problem && item.state === "next") item.state = "refused";
  else hold(item.key);
  items.value = [...items.value, item];
  if (item.state !== "refused") keep(item);
  if (item.file) tellOf(item);
  return item;
}

const tellOf = ({ id, file }) => about(file).then((told) => change(id, told));

export function resume(id, file = find(id).file) {
  if (!find(id).file) tellOf({ id, file });
  change(id, { file, state: "next", problem: null, text: "" });
  pump();
}

// After a reload, with a press: the browser may ask whether the page may read the file.
export async function readAgain(id) {
  const { source, size } = find(id);
  const file = await readable(source, true).catch(() => null);
  if (file?.size === size) resume(id, file);
  else change(id, { source: null, problem: "upload.unreadable" });
}

export function pause(id) {
  change(id, { state: "paused" });
  stops.get(id)?.abort();
}

export async function remove(id) {
  const one = find(id);
  items.value = items.value.filter((other) => other !== one);
  stops.get(id)?.abort();
  drop(one.key);
  if (one.uploadId && one.state !== "arrived") await api.delete(`v1/uploads/${one.uploadId}`).catch(() => {});
  pump();
}

export const clear = () => (items.value = items.value.filter((one) => !["arrived", "refused"].includes(one.state)));

function pump() {
  const free = AT_ONCE - items.value.filter((one) => one.state === "going").length;
  items.value.filter((one) => one.state === "next").slice(0, Math.max(free, 0)).forEach(start);
}

// After what was paused has ended: before that, nobody knows whether an upload has begun.
function start({ id }) {
  change(id, { state: "going" });
  runs.set(id, (runs.get(id) ?? Promise.resolve()).then(() => find(id)?.state === "going" && run(find(id))));
}

async function run({ id, key, file, uploadId }) {
  const stop = new AbortController();
  stops.set(id, stop);
  const onBegun = (data) => {
    if (!find(id)) return void api.delete(`v1/uploads/${data.upload_id}`).catch(() => {}); // removed meanwhile
    change(id, { uploadId: data.upload_id, sent: arrivedOf(data) });
    if (!uploadId) keep(find(id));
  };
  try {
    const messageId = await send(file, uploadId, { onBegun, onSent: (sent) => sentOf(id, sent), stop: stop.signal });
    drop(key);
    change(id, { state: "arrived", messageId, status: "received", sent: file.size });
    follow(messageId, (values) => change(id, values));
  } catch (error) {
    if (!stop.signal.aborted) change(id, { state: "stopped", ...said(error) });
  }
  pump();
}

function said({ status, detail, title }) {
  if (status) return { problem: "upload.not-taken", text: detail || title };
  return { problem: status === 0 ? "upload.no-answer" : "upload.broke", text: "" };
}

// What stopped because the server did not answer goes on once it does.
effect(() => {
  if (lostSince.value) return;
  items.peek().filter((one) => one.problem === "upload.no-answer").forEach((one) => resume(one.id));
});

let measured = null;

function sentOf(id, sent) {
  const [now, all] = [performance.now(), items.value.reduce((sum, one) => sum + one.sent, 0)];
  change(id, { sent });
  measured ??= { now, all };
  if (now - measured.now > 1000) {
    rate.value = Math.max(0, (all - measured.all) / ((now - measured.now) / 1000));
    measured = { now, all };
  }
}

// What an earlier page has left: it goes on by itself where the browser lets us read it, else somebody has to press.
export async function restore() {
  const { data } = await api.get("v1/uploads");
  largest.value = data.largest;
  const { found, others } = await kept(data.uploads.map((one) => one.upload_id));
  const known = (one) => items.value.some(({ key, uploadId }) => key === one.key || (uploadId && uploadId === one.uploadId));
  for (const { upload_id: uploadId, name, size } of data.uploads.filter((one) => !others.includes(one.upload_id))) {
    const one = { name, size, uploadId, ...found.find((other) => other.uploadId === uploadId) };
    if (!known(one)) await returned(one, (await api.get(`v1/uploads/${uploadId}`)).data);
  }
  for (const one of found.filter((other) => !other.uploadId && !known(other))) await returned(one);
}

async function returned(one, detail) {
  const problem = one.source ? "upload.reloaded-kept" : "upload.reloaded";
  const { id } = added({ ...one, sent: detail ? arrivedOf(detail) : 0, state: "lost", problem });
  const all = detail && !detail.parts.length; // it only has to be said
  const file = all ? new File([], one.name) : one.source && (await readable(one.source).catch(() => null));
  if (file && (all || file.size === one.size)) resume(id, file);
}
