// When a task is due, in words; a date without a time is a day of the calendar, in whatever zone one reads it.
import { html, useEffect, useRef } from "../lib/html.js";
import { can } from "../lib/session.js";
import { language, t } from "../lib/words.js";
import { StatusMark } from "../parts/status-mark.js";
import { groupOf } from "./groups.js";
import { change } from "./changes.js";
import { editing, left } from "./state.js";

function told(due, group) {
  const [date, time = ""] = due.split("T");
  const year = date.slice(0, 4) === String(new Date().getFullYear()) ? {} : { year: "numeric" };
  const options = { weekday: "short", day: "numeric", month: "short", timeZone: "UTC", ...year };
  const name = group === "today" ? t("tasks.today") : new Intl.DateTimeFormat(language.value, options).format(new Date(date));
  return time ? `${name}, ${time}` : name;
}

function Edit({ task }) {
  const field = useRef(null);
  const [date, time = ""] = (task.due ?? "").split("T");
  useEffect(() => field.current.elements.day.focus(), []);
  const end = () => left(task, "due");
  const save = (event) => {
    event.preventDefault();
    const { day, time } = field.current.elements;
    end();
    change(task, { due: day.value ? day.value + (time.value ? `T${time.value}` : "") : null });
  };
  const leave = (event) => (event.key === "Escape" ? end() : event.key === "Enter" && save(event));
  return html`
    <form class="task-edit" ref=${field} onSubmit=${save} onKeyDown=${leave}>
      <input type="date" name="day" aria-label=${t("tasks.due")} defaultValue=${date} />
      <input type="time" name="time" aria-label=${t("tasks.time")} defaultValue=${time} />
      <button class="link">${t("tasks.save")}</button>
    </form>
  `;
}

export function Due({ task }) {
  const here = editing.value?.id === task.task_id && editing.value.field === "due";
  if (here) return html`<${Edit} task=${task} />`;
  if (task.done_at) return html`<span class="task-finished">${t("tasks.finished")}</span>`;
  const group = groupOf(task);
  const words = task.due ? told(task.due, group) : t("tasks.set-date");
  const shown = html`${group === "overdue" && html`<${StatusMark} status="overdue" size=${14} />`}<span>${words}</span>`;
  if (!can("write")) return html`<span class="task-due" data-group=${group}>${task.due && shown}</span>`;
  const edit = () => (editing.value = { id: task.task_id, field: "due" });
  return html`<button type="button" class="task-due" id=${`due-${task.task_id}`} data-group=${group} onClick=${edit}><span class="unseen">${t("tasks.due")}: </span>${shown}</button>`;
}
