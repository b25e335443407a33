import { html, useEffect, useRef, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { add } from "./changes.js";

export function AddTask({ onEnd, onAdded = () => {} }) {
  const form = useRef(null);
  const [state, setState] = useState("");
  useEffect(() => form.current.elements.text.focus(), []);
  const save = async (event) => {
    event.preventDefault();
    const { text, owner, due } = form.current.elements;
    if (!text.value.trim()) return;
    setState("working");
    try {
      await add({ text: text.value, owner: owner.value.trim() || null, due: due.value || null });
      onAdded(text.value);
      onEnd();
    } catch {
      setState("failed");
    }
  };
  return html`
    <form class="task-add" ref=${form} onSubmit=${save} onKeyDown=${(event) => event.key === "Escape" && onEnd()}>
      <label class="field task-add-text">${t("tasks.what")}<input name="text" maxlength="1000" required /></label>
      <label class="field">${t("tasks.owner")}<input name="owner" maxlength="200" /></label>
      <label class="field">${t("tasks.due")}<input name="due" type="date" /></label>
      <div class="buttons">
        <${Button} kind="first" type="submit" working=${state === "working"}>${t("tasks.add")}<//>
        <${Button} kind="quiet" onClick=${onEnd}>${t("tasks.cancel")}<//>
      </div>
      ${state === "failed" && html`<p role="alert" class="field-problem">${t("tasks.not-added")}</p>`}
    </form>
  `;
}
