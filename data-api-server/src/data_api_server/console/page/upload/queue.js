// The files on their way: two at a time, the others in line. It lives as long as the tab, whatever page is shown.
import { api } from "../lib/api.js";
import { signal } from "../lib/html.js";
import { follow } from "./following.js";
import { arrivedOf, send } from "./sending.js";

const AT_ONCE = 2;

// { id, name, size, file, uploadId, sent, state, problem, messageId, status, text }; state: "next", "going", "paused",
// "stopped" (with a problem), "lost" (its file has to be chosen again), "refused", "arrived".
export const items = signal([]);
export const largest = signal(0);
export const rate = signal(0); // bytes a second

const stops = new Map();
const runs = new Map();
let count = 0;

export const find = (id) => items.value.find((one) => one.id === id);
export const change = (id, values) => (items.value = items.value.map((one) => (one.id === id ? { ...one, ...values } : one)));
const take = (id) => (items.value = items.value.filter((one) => one.id !== id));

export function add(files) {
  for (const file of files) {
    const lost = items.value.find((one) => one.state === "lost" && one.name === file.name && one.size === file.size);
    if (lost) resume(lost.id, file);
    else items.value = [...items.value, added(file)];
  }
  pump();
}

function added(file) {
  const tooLarge = largest.value && file.size > largest.value;
  const problem = !file.size ? "upload.empty" : tooLarge ? "upload.too-large" : null;
  return { id: ++count, name: file.name, size: file.size, file, sent: 0, state: problem ? "refused" : "next", problem };
}

export function resume(id, file = find(id).file) {
  change(id, { file, state: "next", problem: null });
  pump();
}

export function pause(id) {
  change(id, { state: "paused" });
  stops.get(id)?.abort();
}

export async function remove(id) {
  const one = find(id);
  take(id);
  stops.get(id)?.abort();
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

async function run({ id, file, uploadId }) {
  const stop = new AbortController();
  stops.set(id, stop);
  const onBegun = (data) => {
    if (find(id)) change(id, { uploadId: data.upload_id, sent: arrivedOf(data) });
    else api.delete(`v1/uploads/${data.upload_id}`).catch(() => {}); // removed meanwhile
  };
  try {
    const messageId = await send(file, uploadId, { onBegun, onSent: (sent) => sentOf(id, sent), stop: stop.signal });
    change(id, { state: "arrived", messageId, status: "received", sent: file.size });
    follow(messageId, (values) => change(id, values));
  } catch (error) {
    if (!stop.signal.aborted) change(id, { state: "stopped", problem: "upload.broke", text: error.detail });
  }
  pump();
}

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

// What an earlier page has begun: its parts are there, but only somebody here can choose the file again.
export async function restore() {
  const { data } = await api.get("v1/uploads");
  largest.value = data.largest;
  for (const one of data.uploads.filter((begun) => !items.value.some((known) => known.uploadId === begun.upload_id))) {
    const detail = (await api.get(`v1/uploads/${one.upload_id}`)).data;
    const item = { id: ++count, name: one.name, size: one.size, uploadId: one.upload_id, sent: arrivedOf(detail) };
    items.value = [...items.value, { ...item, state: "lost", problem: "upload.reloaded" }];
    if (!detail.parts.length) resume(item.id, new File([], one.name)); // all is there: it only has to be said
  }
}
