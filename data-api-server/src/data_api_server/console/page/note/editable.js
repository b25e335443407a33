import { html, useEffect, useRef, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { notSaved } from "./refused.js";

// A text that is edited in place. Enter or leaving saves, Escape leaves it as it was; a refusal is told below it.
export function Editable({ as = "p", text, label, long = false, onSave, class: name = "" }) {
  const [draft, setDraft] = useState(null);
  const [base, setBase] = useState(text); // what it said when editing began
  const [problem, setProblem] = useState("");
  const field = useRef(null);
  useEffect(() => field.current?.focus(), [draft === null]);
  const begin = () => (setBase(text), setDraft(text));
  const leave = () => (setDraft(null), setProblem(""));
  const save = async () => {
    if (!draft.trim() || draft.trim() === text) return leave();
    try {
      await onSave(draft.trim(), base);
      leave();
    } catch (error) {
      setProblem(notSaved(error));
    }
  };
  const onKeyDown = (event) => {
    if (event.key === "Escape") leave();
    else if (event.key === "Enter" && !event.isComposing && (!long || event.ctrlKey || event.metaKey)) (event.preventDefault(), save());
  };
  if (draft === null) {
    return html`
      <${as} class="editable ${name}" dir="auto" onDblClick=${onSave && begin}>${text}
        ${onSave && html`<button type="button" class="editable-edit" aria-label=${t("note.edit", { what: label })} onClick=${begin}><${Icon} name="edit" size="16" /></button>`}
      <//>`;
  }
  return html`
    <div class="editable-field ${name}">
      <${long ? "textarea" : "input"} ref=${field} aria-label=${label} rows="4" dir="auto" value=${draft} aria-invalid=${Boolean(problem)} onInput=${(event) => setDraft(event.target.value)}
        onKeyDown=${onKeyDown} onBlur=${save} />
      <p class="field-problem" role="alert">${problem}</p>
    </div>
  `;
}
