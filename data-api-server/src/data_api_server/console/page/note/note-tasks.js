import { html, useState } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { done } from "../parts/done.js";
import { Icon } from "../parts/icon.js";
import { TaskForm } from "./task-form.js";
import { TaskLine } from "./task-line.js";

const sent = ({ what, who, by_when }) => ({ what, who, by_when });

// What the note asks somebody to do. All of it is sent when one of it changes.
export function NoteTasks({ open, note }) {
  const [editing, setEditing] = useState(null);
  const items = note.structure.action_items;
  const seen = JSON.stringify(items);
  const save = (changed) => open.save({ action_items: changed.map(sent) }, (now) => JSON.stringify(now.structure?.action_items) === seen);
  const put = (index) => async (item) => {
    await save(index < items.length ? items.with(index, item) : [...items, item]);
    setEditing(null);
  };
  const remove = async (index) => {
    await save(items.toSpliced(index, 1));
    setEditing(null);
    done(t("note.task.removed"), () => open.save({ action_items: items.map(sent) }, () => true));
  };
  const form = (index, item) => html`<${TaskForm} item=${item} onSave=${put(index)} onLeave=${() => setEditing(null)} onRemove=${item && (() => remove(index))} />`;
  return html`
    <section data-panel="tasks">
      <h2 class="heading">${t("note.tasks")}</h2>
      ${!items.length && editing === null && html`<p class="side-none">${t("note.no-tasks")}</p>`}
      <ul class="side-tasks">
        ${items.map((item, index) => html`<li key=${index}>
          ${editing === index ? form(index, item) : html`<${TaskLine} item=${item} note=${note} onEdit=${can("write") && (() => setEditing(index))} />`}</li>`)}
      </ul>
      ${editing === items.length && form(items.length, null)}
      ${can("write") && editing !== items.length && html`<button type="button" class="side-add" onClick=${() => setEditing(items.length)}><${Icon} name="plus" size="16" />${t("note.task.add")}</button>`}
    </section>
  `;
}
