// What is to be done: edited in place, and deleted from there.
import { html, useEffect, useRef } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Confirm } from "../parts/confirm.js";
import { change, remove } from "./changes.js";
import { address } from "./source.js";
import { editing, left } from "./state.js";

function Edit({ task }) {
  const field = useRef(null);
  useEffect(() => field.current.elements.text.select(), []);
  const end = () => left(task, "text");
  const save = (event) => {
    event.preventDefault();
    const text = field.current.elements.text.value.trim().replace(/\s+/gu, " ");
    end();
    if (text && text !== task.text) change(task, { text });
  };
  const leave = (event) => {
    if (event.key === "Escape") end();
    if (event.key === "Enter" && event.target.name === "text" && !event.isComposing) save(event);
  };
  return html`
    <form class="task-text-edit" ref=${field} onSubmit=${save} onKeyDown=${leave}>
      <textarea name="text" rows="1" maxlength="1000" dir="auto" aria-label=${t("tasks.what")}>${task.text}</textarea>
      <div>
        <button class="link">${t("tasks.save")}</button>
        <button type="button" class="link" onClick=${end}>${t("tasks.cancel")}</button>
        ${task.source && html`<a class="link" href=${address(task.source)}>${t("source.open")}</a>`}
        <button type="button" class="link final" onClick=${() => (editing.value = { id: task.task_id, field: "delete" })}>${t("tasks.delete")}</button>
      </div>
    </form>
  `;
}

export function Text({ task }) {
  const here = editing.value?.id === task.task_id && editing.value.field;
  if (here === "text") return html`<${Edit} task=${task} />`;
  if (here === "delete") {
    return html`<${Confirm} title=${t("tasks.delete.title", { text: task.text })} text=${t("tasks.delete.text")} action=${t("tasks.delete")} onDo=${() => remove(task)} onKeep=${() => left(task, "text")} />`;
  }
  const words = html`<bdi>${task.text}</bdi>`;
  const edit = () => (editing.value = { id: task.task_id, field: "text" });
  if (can("write")) return html`<button type="button" class="task-text" id=${`text-${task.task_id}`} onClick=${edit}><span class="unseen">${t("tasks.what")}: </span>${words}</button>`;
  return task.source ? html`<a class="task-text" href=${address(task.source)}>${words}</a>` : html`<span class="task-text">${words}</span>`;
}
