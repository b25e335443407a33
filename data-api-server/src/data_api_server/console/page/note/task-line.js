import { dayName } from "../lib/format.js";
import { html } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Citation } from "../parts/citation.js";
import { done } from "../parts/done.js";
import { Icon } from "../parts/icon.js";
import { recordingOf } from "../parts/player.js";
import { groupOf } from "../tasks/groups.js";
import { notSaved } from "./refused.js";

// A day belongs to no time zone: noon in UTC is on that day nearly everywhere.
const told = (due) => [dayName(`${due.slice(0, 10)}T12:00:00Z`), due.slice(11)].filter(Boolean).join(", ");

// A task: its circle marks it as done, its time plays where it was said.
export function TaskLine({ task, open, note, onEdit }) {
  const finished = Boolean(task.done_at);
  const set = (to) => open.changeTask(open.tasks.value.find((one) => one.task_id === task.task_id), { done: to });
  const failed = (error) => (done(notSaved(error)), open.loadTasks().catch(() => {}));
  const finish = () => set(!finished).then(() => finished || done(t("tasks.done", { text: task.text }), () => set(false).catch(failed)), failed);
  return html`
    <div class="todo" data-done=${finished}>
      <button type="button" role="checkbox" class="task-check" aria-checked=${finished} disabled=${!can("write")} aria-label=${task.text} onClick=${finish}><${Icon} name="check" size=${12} /></button>
      <p class="todo-what" dir="auto">${task.text}
        ${onEdit && html`<button type="button" class="editable-edit" aria-label=${t("note.edit", { what: task.text })} onClick=${onEdit}><${Icon} name="edit" size="16" /></button>`}</p>
      <p class="todo-more"><bdi>${task.owner || t("note.task.nobody")}</bdi> · <span class="task-due" data-group=${finished ? "none" : groupOf(task)}>${task.due ? told(task.due) : t("note.task.no-day")}</span></p>
      ${task.source?.start != null && recordingOf(note) && html`<${Citation} bare messageId=${note.message_id} at=${task.source.start} />`}
    </div>
  `;
}
