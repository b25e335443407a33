// What is done with tasks: each change shows at once, and goes back if it is refused.
import { api } from "../lib/api.js";
import { t } from "../lib/words.js";
import { done } from "../parts/done.js";
import { chosen, count, load, put, tasks } from "./state.js";

const current = (task) => tasks.value.find((one) => one.task_id === task.task_id) ?? task;
const under = new Map(); // the last change of each task that is under way, and the state that the one before gave

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
    done(problem.status === 412 ? t("tasks.conflict") : t("tasks.not-saved"));
    if (problem.status === 412) load();
    return null;
  }
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
