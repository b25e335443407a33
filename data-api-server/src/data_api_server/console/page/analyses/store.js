// The templates, what was made with them, and what is chosen for the next analysis.
import { go } from "../app/router.js";
import { api } from "../lib/api.js";
import { date, day } from "../lib/format.js";
import { effect, signal } from "../lib/html.js";
import { session } from "../lib/session.js";
import { language } from "../lib/words.js";

const PAGE = 30;

export const templates = signal(null); // null while nothing is loaded
export const made = signal([]); // newest first
export const next = signal(null);
export const problem = signal(null);
export const drafts = new Map(); // what is written in templates and not saved

// `from`: the analysis whose choice this is, as long as nothing of it is changed, and `count` its notes.
const choice = signal(null);

export const moves = ({ status }) => status === "queued" || status === "working";
export const titleOf = ({ name, title, day: then }) => [name, title || (then && date(`${then}T12:00Z`))].filter(Boolean).join(", ");

const spoken = () => language.value.slice(0, 2); // without a region
const fresh = () => ({ notes: [], day: day(new Date()), fields: {}, language: spoken(), from: null, count: 0 });

effect(() => {
  void session.value?.key_id; // somebody else sees nothing of it
  drafts.clear();
  [templates.value, made.value, next.value, problem.value, choice.value] = [null, [], null, null, null];
});

export const chosen = () => choice.value ?? fresh();
export const choose = (values) => (choice.value = { ...chosen(), ...values, from: null, count: 0 });

// What is erased can not be read again.
export function chooseAs({ analysis_id: from, notes: count, sources, day: then, fields, language: wanted }) {
  if (choice.value?.from === from) return;
  const notes = sources.filter((one) => !one.erased).map((one) => ({ id: one.message_id, title: one.title }));
  choice.value = { notes: then ? [] : notes, day: then ?? fresh().day, fields, language: wanted || spoken(), from, count };
}

export async function load() {
  try {
    const [all] = await Promise.all([api.get("v1/templates", { language: language.value }), refresh()]);
    templates.value = all.data.templates;
    problem.value = null;
  } catch (error) {
    problem.value = error;
  }
}

// The first page again: what was loaded before it stays below.
export async function refresh() {
  const { data } = await api.get("v1/analyses", { limit: PAGE });
  if (made.value.length <= PAGE) next.value = data.next;
  keep(...data.analyses);
}

// A note is erased: titles that came from it go at once, wherever they stand.
export function forget(messageId) {
  [made.value, next.value] = [[], null];
  if (choice.value) choice.value = { ...choice.value, notes: choice.value.notes.filter((one) => one.id !== messageId) };
  return refresh();
}

export async function more() {
  const { data } = await api.get("v1/analyses", { limit: PAGE, cursor: next.value });
  keep(...data.analyses);
  next.value = data.next;
}

// Shows analyses in the list as they are now.
export function keep(...changed) {
  const all = new Map([...made.value, ...changed].map((one) => [one.analysis_id, one]));
  made.value = [...all.values()].sort((one, other) => other.created_at.localeCompare(one.created_at));
}

// A new one. From an analysis whose choice is as it was, it is made as that one was.
export async function make(template, before) {
  const { notes, day: wanted, fields, language: into, from } = chosen();
  const what = template.over === "day" ? { day: wanted } : { note_ids: notes.map((one) => one.id) };
  const told = Object.fromEntries(template.fields.map(({ name }) => [name, (fields[name] ?? "").trim()]).filter(([, text]) => text));
  const { data } = before && from === before
    ? await api.post(`v1/analyses/${from}/again`)
    : await api.post("v1/analyses", { template_id: template.template_id, ...what, fields: told, language: into });
  keep(data);
  go(["analyses", data.analysis_id]);
}

export async function remove(one) {
  await api.delete(`v1/analyses/${one.analysis_id}`);
  made.value = made.value.filter((other) => other.analysis_id !== one.analysis_id);
  go(["analyses", one.template_id], {}, { replace: true });
}
