// The templates, what was made with them, and what is chosen for the next analysis.
import { go } from "../app/router.js";
import { api } from "../lib/api.js";
import { day } from "../lib/format.js";
import { effect, signal } from "../lib/html.js";
import { session } from "../lib/session.js";
import { language } from "../lib/words.js";

const PAGE = 30;

export const templates = signal(null); // null while nothing is loaded
export const made = signal([]); // newest first
export const next = signal(null);
export const problem = signal(null);

// `from`: the analysis whose choice this is, as long as nothing of it is changed.
export const choice = signal(null);

export const moves = ({ status }) => status === "queued" || status === "working";
export const titleOf = ({ name, title }) => [name, title].filter(Boolean).join(", ");

const fresh = () => ({ notes: [], day: day(new Date()), fields: {}, language: language.value, from: null });

effect(() => {
  void session.value?.key_id; // somebody else sees nothing of it
  [templates.value, made.value, next.value, problem.value, choice.value] = [null, [], null, null, null];
});

export const chosen = () => choice.value ?? fresh();
export const choose = (values) => (choice.value = { ...chosen(), ...values, from: null });

// What is erased can not be read again.
export function chooseAs({ analysis_id: from, sources, day: then, fields, language: wanted }) {
  if (choice.value?.from === from) return;
  const notes = sources.filter((one) => !one.erased).map((one) => ({ id: one.message_id, title: one.title }));
  choice.value = { notes: then ? [] : notes, day: then ?? fresh().day, fields, language: wanted ?? language.value, from };
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
  const older = made.value.filter((one) => !data.analyses.some((other) => other.analysis_id === one.analysis_id));
  if (!made.value.length) next.value = data.next;
  made.value = [...data.analyses, ...older];
}

export async function more() {
  const { data } = await api.get("v1/analyses", { limit: PAGE, cursor: next.value });
  made.value = [...made.value, ...data.analyses];
  next.value = data.next;
}

// Shows an analysis in the list as it is now.
export function keep(one) {
  const others = made.value.map((other) => (other.analysis_id === one.analysis_id ? one : other));
  made.value = others.includes(one) ? others : [one, ...others];
}

export async function make(template) {
  const { notes, day: wanted, fields, language: spoken, from } = chosen();
  const what = template.over === "day" ? { day: wanted } : { note_ids: notes.map((one) => one.id) };
  const told = Object.fromEntries(template.fields.map(({ name }) => [name, (fields[name] ?? "").trim()]).filter(([, text]) => text));
  const { data } = from
    ? await api.post(`v1/analyses/${from}/again`)
    : await api.post("v1/analyses", { template_id: template.template_id, ...what, fields: told, language: spoken });
  keep(data);
  go(["analyses", data.analysis_id]);
}

export async function remove(one) {
  await api.delete(`v1/analyses/${one.analysis_id}`);
  made.value = made.value.filter((other) => other.analysis_id !== one.analysis_id);
  go(["analyses", one.template_id], {}, { replace: true });
}
