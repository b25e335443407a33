import { html } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { done } from "../parts/done.js";
import { Editable } from "./editable.js";

// What the note says, and its facts.
export function Summary({ open, note }) {
  const { summary, key_points: points } = note.structure ?? {};
  const save = (text, base) => open.save({ summary: text }, (now) => now.structure?.summary === base);
  const again = () => open.save({ understand: true }, () => true).catch((error) => done(error.detail || t("notice.no-answer")));
  return html`
    ${note.understanding && html`<p class="note-understanding" data-state=${note.understanding} role="status">${t(`note.understanding.${note.understanding}`)}
      ${note.understanding !== "under-way" && can("write") && html`<button type="button" class="link" onClick=${again}>${t("notice.again")}</button>`}</p>`}
    ${summary && html`<${Editable} class="note-summary" long text=${summary} label=${t("note.summary")} onSave=${can("write") && save} />`}
    ${points?.length > 0 && html`<ul class="note-points">${points.map((one) => html`<li dir="auto">${one}</li>`)}</ul>`}
  `;
}
