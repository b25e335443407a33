import { html, useState } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { done } from "../parts/done.js";
import { Icon } from "../parts/icon.js";
import { notSaved } from "./refused.js";
import { TaskForm } from "./task-form.js";
import { TaskLine } from "./task-line.js";

const NEW = "new";
const sent = (items) => items.map(({ what, who, by_when }) => ({ what, who, by_when }));
const same = (items) => (now) => JSON.stringify(sent(now.structure?.action_items ?? [])) === JSON.stringify(sent(items));

// The note's tasks. A new one is added to what the note asks for, in its own words: the server finds the day.
export function NoteTasks({ open, note }) {
  const [editing, setEditing] = useState(null); // the id of a task, or NEW
  const [before, setBefore] = useState([]); // what the note asked for when editing began
  const tasks = open.tasks.value ?? [];
  const items = note.structure?.action_items;
  if (!items && !tasks.length) return null;
  const edit = (id) => () => (setBefore(items), setEditing(id));
  const leave = () => setEditing(null);
  const change = (task) => async (values) => (await open.changeTask(task, values), leave());
  const add = async ({ text, owner, due }) => (await open.save({ action_items: [...sent(before), { what: text, who: owner, by_when: due }] }, same(before)), leave());
  const remove = (task) => async () => {
    const { text, owner, due } = await open.removeTask(task);
    leave();
    const back = () => open.changeTask(task, { deleted: false, text, owner, due }).catch((error) => done(notSaved(error)));
    done(t("tasks.deleted", { text }), back);
  };
  const again = open.loadTasks;
  return html`
    <section data-panel="tasks">
      <h2 class="heading">${t("note.tasks")}</h2>
      ${open.tasks.value && !tasks.length && editing !== NEW && html`<p class="side-none">${t("note.no-tasks")}</p>`}
      <ul class="side-tasks">
        ${tasks.map((task) => html`<li key=${task.task_id}>
          ${editing === task.task_id ? html`<${TaskForm} task=${task} onSave=${change(task)} onLeave=${leave} onRemove=${remove(task)} onChanged=${again} />`
            : html`<${TaskLine} task=${task} open=${open} note=${note} onEdit=${can("write") && edit(task.task_id)} />`}</li>`)}
      </ul>
      ${editing === NEW && html`<${TaskForm} onSave=${add} onLeave=${leave} />`}
      ${can("write") && items && editing !== NEW && html`<button type="button" class="side-add" onClick=${edit(NEW)}><${Icon} name="plus" size="16" />${t("note.task.add")}</button>`}
    </section>
  `;
}
