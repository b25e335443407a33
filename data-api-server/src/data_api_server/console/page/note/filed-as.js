import { html, useRef, useState } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { intent, INTENTS } from "../notes/about.js";
import { done } from "../parts/done.js";
import { notSaved } from "./refused.js";

// What kind of note it is, and its tag. Another kind keeps what both kinds have; Undo brings the kind back.
export function FiledAs({ open, note }) {
  const [problem, setProblem] = useState("");
  const field = useRef(null);
  const save = (name, value, then) => open.save({ [name]: value }, (now) => now[name] === note[name]).then(() => (setProblem(""), then?.()), (error) => setProblem(notSaved(error)));
  const file = ({ target }) => {
    const { summary, action_items, key_points } = note.structure;
    const undo = () => open.save({ intent: note.intent, summary, action_items, key_points }, () => true).catch((error) => setProblem(notSaved(error)));
    save("intent", target.value, () => done(t("note.filed", { kind: intent(target.value) }), undo));
  };
  const tag = () => {
    const wanted = field.current.value.trim();
    if (!wanted) field.current.value = note.tag;
    else if (wanted !== note.tag) save("tag", wanted, () => (field.current.value = open.note.value.tag));
  };
  const onKeyDown = (event) => {
    if (event.key === "Escape") field.current.value = note.tag;
    if (["Enter", "Escape"].includes(event.key)) field.current.blur();
  };
  const fixed = !can("write") || !note.structure;
  return html`
    <section data-panel="tasks"><h2 class="heading">${t("note.filed-as")}</h2>
      ${fixed ? html`<p class="side-filed"><span>${intent(note.intent)}</span>${note.tag && html`<span class="tag" dir="auto">${note.tag}</span>`}</p>` : html`
      <div class="side-filed">
        <select aria-label=${t("notes.by.intent")} value=${note.intent} onChange=${file}>${INTENTS.map((one) => html`<option key=${one} value=${one} selected=${one === note.intent}>${intent(one)}</option>`)}</select>
        <input ref=${field} key=${note.tag} aria-label=${t("note.tag")} maxlength="60" spellcheck=${false} defaultValue=${note.tag} onBlur=${tag} onKeyDown=${onKeyDown} />
      </div>
      <p class="field-problem" role="alert">${problem}</p>`}
    </section>
  `;
}
