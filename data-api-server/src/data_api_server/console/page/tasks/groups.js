// In which group a task stands: what is due first comes first, and no date last.
import { day } from "../lib/format.js";

const DAY = 86_400_000;

const GROUPS = ["overdue", "today", "tomorrow", "later", "none"];

export function groupOf(task) {
  if (!task.due) return "none";
  const today = day(new Date());
  const due = task.due.slice(0, 10);
  if (due < today) return "overdue";
  if (due === today) return "today";
  return Date.parse(due) - Date.parse(today) === DAY ? "tomorrow" : "later";
}

export const grouped = (tasks) =>
  GROUPS.map((name) => ({ name, tasks: tasks.filter((task) => groupOf(task) === name) })).filter((one) => one.tasks.length);
