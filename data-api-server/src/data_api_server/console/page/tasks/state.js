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

export const under = new Map(); // by the id of a task, its last change that is under way

let next = null;
let asked = 0;
export const more = signal(false);

// `on` reads one page more. `keep` reads again as much as is shown; what was done stays, with Undo, until you leave.
export async function load({ on = false, keep = false } = {}) {
  const mine = ++asked;
  const wanted = keep ? (tasks.value?.length ?? 0) : 0;
  let found = [];
  let cursor = on ? next : null;
  try {
    do {
      const { data } = await api.get("v1/tasks", { ...filter.value, limit: 100, cursor });
      if (mine !== asked) return;
      found = [...found, ...data.tasks];
      cursor = data.next;
    } while (cursor && found.length < wanted);
    const there = new Set(found.map((one) => one.task_id));
    const stays = on ? () => true : (one) => keep && (under.has(one.task_id) || (one.done_at && filter.value.state === "open"));
    const kept = (tasks.value ?? []).filter((one) => !there.has(one.task_id) && stays(one));
    tasks.value = arranged([...kept, ...found]);
    next = cursor;
    more.value = Boolean(next);
    problem.value = null;
    count();
  } catch (error) {
    if (mine === asked) problem.value = error;
  }
}

const place = (task) => `${task.due ?? "~"}#${task.task_id}`;
const arranged = (list) => list.sort((one, other) => (place(one) < place(other) ? -1 : 1));

export const count = () => {
  if (filter.value.state !== "open" || filter.value.owner || filter.value.text) return;
  badge("tasks", tasks.value.filter((one) => !one.done_at && one.due && one.due.slice(0, 10) < day(new Date())).length);
};

export const put = (task) => (tasks.value = arranged(tasks.value.map((one) => (one.task_id === task.task_id ? task : one))));

export function drop(id) {
  tasks.value = tasks.value?.filter((one) => one.task_id !== id) ?? null;
  if (editing.value?.id === id) editing.value = null;
  if (tasks.value) count();
}

// Shows a task as it is elsewhere: in its place, or new where it fits the list. What is changed here comes first.
export function take(task) {
  if (!tasks.value || under.has(task.task_id)) return;
  const last = tasks.value.at(-1);
  if (tasks.value.some((one) => one.task_id === task.task_id)) put(task);
  else if (fits(task) && !(more.value && last && place(last) < place(task))) tasks.value = arranged([...tasks.value, task]);
  count();
}

function fits(task) {
  const { state, owner, text } = filter.value;
  const has = (whole, part) => (whole ?? "").toLowerCase().includes(part.toLowerCase());
  const named = !owner || task.owner?.toLowerCase() === owner.toLowerCase();
  return (state === "done") === Boolean(task.done_at) && named && [task.text, task.owner, task.source?.quote].some((one) => has(one, text));
}

// Ends the editing of a field, and gives the focus back to what began it, unless somebody has moved on by then.
export function left(task, field) {
  editing.value = null;
  requestAnimationFrame(() => {
    const { activeElement: now } = document;
    if (now === document.body || now.closest(".task")) document.getElementById(`${field}-${task.task_id}`)?.focus();
  });
}
