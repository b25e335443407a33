import { html } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Editable } from "./editable.js";

// What the note says, and its facts.
export function Summary({ open, note }) {
  const { summary, key_points: points } = note.structure ?? {};
  const save = (text, base) => open.save({ summary: text }, (now) => now.structure?.summary === base);
  return html`
    ${note.understanding && html`<p class="note-understanding" data-state=${note.understanding} role="status">${t(`note.understanding.${note.understanding}`)}</p>`}
    ${summary && html`<${Editable} class="note-summary" long text=${summary} label=${t("note.summary")} onSave=${can("write") && save} />`}
    ${points?.length > 0 && html`<ul class="note-points">${points.map((one) => html`<li dir="auto">${one}</li>`)}</ul>`}
  `;
}
