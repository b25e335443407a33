import { html, useEffect, useRef, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";

const FIELDS = ["what", "who", "by_when"];

// A task of the note, in its own words: the server finds the day that they mean.
export function TaskForm({ item, onSave, onLeave, onRemove }) {
  const form = useRef(null);
  const [problem, setProblem] = useState("");
  useEffect(() => form.current.elements[0].focus(), []);
  const attempt = (act) => act().catch((error) => setProblem(t(error.status === 412 ? "note.changed" : "note.not-saved", { why: error.detail || t("notice.no-answer") })));
  const submit = (event) => {
    event.preventDefault();
    const given = Object.fromEntries(FIELDS.map((name) => [name, form.current.elements[name].value.trim() || null]));
    if (given.what) attempt(() => onSave(given));
  };
  const onKeyDown = (event) => event.key === "Escape" && onLeave();
  return html`
    <form class="task-form" ref=${form} onSubmit=${submit} onKeyDown=${onKeyDown}>
      ${FIELDS.map((name) => html`<label key=${name} class="field">${t(`note.task.${name}`)}<input name=${name} dir="auto" value=${item?.[name] ?? ""} required=${name === "what"} /></label>`)}
      <p class="field-problem" role="alert">${problem}</p>
      <div class="buttons">
        <${Button} type="submit">${t("note.save")}<//>
        <${Button} kind="quiet" onClick=${onLeave}>${t("note.leave")}<//>
        ${onRemove && html`<${Button} kind="quiet" onClick=${() => attempt(onRemove)}>${t("note.task.remove")}<//>`}
      </div>
    </form>
  `;
}
