// What an upload is sent from, kept in this browser for after a reload: a handle of its file, or what was recorded here.
import { session } from "../lib/session.js";

const lock = (key) => `upload ${key}`;

async function store(mode, act) {
  const opened = indexedDB.open("uploads", 1);
  opened.onupgradeneeded = () => opened.result.createObjectStore("files", { keyPath: "key" });
  await new Promise((done, failed) => ([opened.onsuccess, opened.onerror] = [done, failed]));
  const request = act(opened.result.transaction("files", mode).objectStore("files"));
  await new Promise((done, failed) => ([request.onsuccess, request.onerror] = [done, failed]));
  opened.result.close();
  return request.result;
}

export async function keep({ key, name, size, uploadId, source }) {
  if (!source) return;
  await store("readwrite", (files) => files.put({ key, name, size, uploadId, source, company: session.value.company_id })).catch(() => {});
}

export const drop = (key) => store("readwrite", (files) => files.delete(key)).catch(() => {});

// Those of this company that no other tab has. `begun`: ids of uploads; what is kept for one that has ended goes.
export async function kept(begun) {
  const elsewhere = new Set((await navigator.locks?.query())?.held.map((one) => one.name));
  const all = await store("readonly", (files) => files.getAll()).catch(() => []);
  const free = all.filter((one) => one.company === session.value.company_id && !elsewhere.has(lock(one.key)));
  const ended = free.filter((one) => one.uploadId && !begun.includes(one.uploadId));
  ended.forEach((one) => drop(one.key));
  return { found: free.filter((one) => !ended.includes(one)), others: all.filter((one) => elsewhere.has(lock(one.key))).map((one) => one.uploadId) };
}

// As long as this tab is open, no other one takes it.
export const hold = (key) => void navigator.locks?.request(lock(key), () => new Promise(() => {}));

// The file, if the browser lets us read it; `asks` shows its question, which needs a press.
export async function readable(source, asks = false) {
  if (source instanceof File) return source;
  const may = await source[asks ? "requestPermission" : "queryPermission"]({ mode: "read" });
  return may === "granted" ? source.getFile() : null;
}
