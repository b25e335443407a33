import { html, useEffect, useRef, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { notSaved } from "./refused.js";

// A task: a new one has its day in words, one that is there has a day of the calendar; its time of day stays.
export function TaskForm({ task, onSave, onLeave, onRemove, onChanged }) {
  const form = useRef(null);
  const [problem, setProblem] = useState("");
  useEffect(() => form.current.elements.text.focus(), []);
  const attempt = (act) => act().catch((error) => (setProblem(notSaved(error)), error.status === 412 && onChanged?.()));
  const [day, time = ""] = (task?.due ?? "").split(/(?=T)/);
  const submit = (event) => {
    event.preventDefault();
    const given = (name) => form.current.elements[name].value.trim() || null;
    const due = given("due");
    if (given("text")) attempt(() => onSave({ text: given("text"), owner: given("owner"), due: due && due + time }));
  };
  const onKeyDown = (event) => event.key === "Escape" && onLeave();
  const field = (name, label, value, type = "text") => html`<label class="field">${t(label)}<input name=${name} type=${type} dir="auto" defaultValue=${value ?? ""} required=${name === "text"} /></label>`;
  return html`
    <form class="task-form" ref=${form} onSubmit=${submit} onKeyDown=${onKeyDown}>
      ${field("text", "note.task.what", task?.text)}
      ${field("owner", "note.task.who", task?.owner)}
      ${task ? field("due", "tasks.due", day, "date") : field("due", "note.task.by_when")}
      <p class="field-problem" role="alert">${problem}</p>
      <div class="buttons">
        <${Button} type="submit">${t("note.save")}<//>
        <${Button} kind="quiet" onClick=${onLeave}>${t("note.leave")}<//>
        ${onRemove && html`<${Button} kind="quiet" onClick=${() => attempt(onRemove)}>${t("note.task.remove")}<//>`}
      </div>
    </form>
  `;
}
