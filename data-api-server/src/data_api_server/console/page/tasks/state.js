// The tasks that are shown, and which of them is chosen or edited.
import { badge } from "../app/badges.js";
import { api } from "../lib/api.js";
import { day } from "../lib/format.js";
import { computed, signal } from "../lib/html.js";

export const tasks = signal(null); // null while nothing is loaded
export const filter = signal({ state: "open", owner: "", text: "" });
export const problem = signal(null);
export const chosen = signal(null); // the id of the row that keys act on
export const editing = signal(null); // { id, field } of the row that is edited
export const owners = computed(() => [...new Set((tasks.value ?? []).map((one) => one.owner).filter(Boolean))].sort());

let next = null;
let asked = 0;
export const more = signal(false);

export async function load({ on = false } = {}) {
  const mine = ++asked;
  try {
    const { data } = await api.get("v1/tasks", { ...filter.value, limit: 100, cursor: on ? next : null });
    if (mine !== asked) return;
    tasks.value = on ? [...tasks.value, ...data.tasks] : data.tasks;
    next = data.next;
    more.value = Boolean(next);
    problem.value = null;
    count();
  } catch (error) {
    if (mine === asked) problem.value = error;
  }
}

export const count = () => {
  if (filter.value.state !== "open" || filter.value.owner || filter.value.text) return;
  badge("tasks", tasks.value.filter((one) => !one.done_at && one.due && one.due.slice(0, 10) < day(new Date())).length);
};

export const put = (task) => (tasks.value = tasks.value.map((one) => (one.task_id === task.task_id ? task : one)));

// Ends the editing of a field, and gives the focus back to what began it.
export function left(task, field) {
  editing.value = null;
  requestAnimationFrame(() => document.getElementById(`${field}-${task.task_id}`)?.focus());
}
