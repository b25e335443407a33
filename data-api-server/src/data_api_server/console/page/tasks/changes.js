// What is done with tasks: each change shows at once, and goes back if it is refused.
import { api } from "../lib/api.js";
import { t } from "../lib/words.js";
import { done } from "../parts/done.js";
import { chosen, count, drop, load, put, take, tasks, under } from "./state.js";

const current = (task) => tasks.value.find((one) => one.task_id === task.task_id) ?? task;
// Returns whether it was saved. Changes of one task wait for each other, so that none is refused because of another.
export async function change(task, values) {
  const before = current(task);
  const done_at = values.done === undefined ? before.done_at : values.done ? new Date().toISOString() : null;
  put({ ...before, ...values, done_at });
  const mine = save(task, values, under.get(task.task_id));
  under.set(task.task_id, mine);
  const saved = await mine;
  if (under.get(task.task_id) !== mine) return Boolean(saved);
  under.delete(task.task_id);
  put(saved ?? before);
  count();
  return Boolean(saved);
}

async function save(task, values, earlier) {
  const etag = (await earlier)?.etag ?? task.etag;
  try {
    return (await api.patch(`v1/tasks/${task.task_id}`, values, { etag })).data;
  } catch (problem) {
    return refused(problem);
  }
}

function refused({ status }) {
  done(t(status === 412 ? "tasks.conflict" : "tasks.not-saved"));
  if (status === 412) load({ keep: true });
  return null;
}

// Undo is offered at once: it waits for what it undoes.
export function finish(task) {
  const saved = change(task, { done: !task.done_at });
  if (!task.done_at) done(t("tasks.done", { text: task.text }), () => change(current(task), { done: false }));
  return saved;
}

export async function add(values) {
  const { data } = await api.post("v1/tasks", values);
  await load();
  chosen.value = data.task_id;
}

export async function remove(task) {
  const { etag } = (await under.get(task.task_id)) ?? current(task);
  drop(task.task_id);
  try {
    const { data } = await api.delete(`v1/tasks/${task.task_id}`, { etag });
    done(t("tasks.deleted", { text: task.text }), () => bringBack(data).catch(refused));
  } catch (problem) {
    take(task);
    refused(problem);
  }
}

// A task of a note comes back as it was; one that was added by hand is gone for good, so it is added again.
async function bringBack({ task_id: id, text, owner, due, done_at, source }) {
  const values = { text, owner, due };
  const back = source ? id : (await api.post("v1/tasks", values)).data.task_id;
  const more = source ? { ...values, deleted: false } : {};
  take((await api.patch(`v1/tasks/${back}`, { ...more, done: Boolean(done_at) })).data);
  chosen.value = back;
}
