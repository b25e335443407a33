import { html, useState } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { done } from "../parts/done.js";
import { Icon } from "../parts/icon.js";
import { TaskForm } from "./task-form.js";
import { TaskLine } from "./task-line.js";

const sent = (items) => items.map(({ what, who, by_when }) => ({ what, who, by_when }));
const same = (items) => (now) => JSON.stringify(sent(now.structure?.action_items ?? [])) === JSON.stringify(sent(items));

// What the note asks somebody to do. All of it is sent when one of it changes.
export function NoteTasks({ open, note }) {
  const [editing, setEditing] = useState(null); // which one, and what all were when editing began
  const items = note.structure.action_items;
  const edit = (index) => () => setEditing({ index, items });
  const save = async (seen, changed) => {
    await open.save({ action_items: sent(changed) }, same(seen));
    setEditing(null);
  };
  const put = (index) => (item) => save(editing.items, index < editing.items.length ? editing.items.with(index, item) : [...editing.items, item]);
  const remove = async (index) => {
    const before = editing.items;
    const after = before.toSpliced(index, 1);
    await save(before, after);
    done(t("note.task.removed"), () => open.save({ action_items: sent(before) }, same(after)).catch(() => done(t("note.changed"))));
  };
  const form = (index, item) => html`<${TaskForm} item=${item} onSave=${put(index)} onLeave=${() => setEditing(null)} onRemove=${item && (() => remove(index))} />`;
  return html`
    <section data-panel="tasks">
      <h2 class="heading">${t("note.tasks")}</h2>
      ${!items.length && editing === null && html`<p class="side-none">${t("note.no-tasks")}</p>`}
      <ul class="side-tasks">
        ${items.map((item, index) => html`<li key=${index}>
          ${editing?.index === index ? form(index, item) : html`<${TaskLine} item=${item} note=${note} onEdit=${can("write") && edit(index)} />`}</li>`)}
      </ul>
      ${editing?.index === items.length && form(items.length, null)}
      ${can("write") && editing?.index !== items.length && html`<button type="button" class="side-add" onClick=${edit(items.length)}><${Icon} name="plus" size="16" />${t("note.task.add")}</button>`}
    </section>
  `;
}
