// J K move, Space is done, E D O edit, Delete asks, Enter plays where it was said.
import { useKeys } from "../lib/keys.js";
import { can } from "../lib/session.js";
import { grouped } from "./groups.js";
import { finish } from "./changes.js";
import { hear } from "./source.js";
import { chosen, editing, tasks } from "./state.js";

const shown = () => grouped(tasks.value ?? []).flatMap((group) => group.tasks);
const current = () => shown().find((one) => one.task_id === chosen.value);

function move(step) {
  const rows = shown();
  const place = rows.findIndex((one) => one.task_id === chosen.value);
  const next = place < 0 ? 0 : Math.min(Math.max(place + step, 0), rows.length - 1);
  chosen.value = rows[next]?.task_id ?? null;
}

const edit = (field) => current() && can("write") && (editing.value = { id: current().task_id, field });

function open() {
  const source = current()?.source;
  if (source) hear(source);
}

export function useTaskKeys({ search, add }) {
  useKeys({
    j: () => move(1), k: () => move(-1), " ": () => current() && can("write") && finish(current()),
    e: () => edit("text"), d: () => edit("due"), o: () => edit("owner"), Delete: () => edit("delete"), Enter: open, "/": search, a: add,
  });
}
