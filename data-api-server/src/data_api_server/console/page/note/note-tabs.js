import { html } from "../lib/html.js";
import { t } from "../lib/words.js";

// Where the note is too narrow for its side: one part of it at a time.
export function NoteTabs({ open, note, tab, onTab }) {
  const tasks = open.tasks.value?.filter((one) => !one.done_at).length;
  const tabs = [["words", t(note.duration ? "note.transcript" : "note.text")], ["tasks", t("note.tasks"), tasks], ["reply", t("note.reply")], ["files", t("note.files")]];
  return html`
    <div class="note-tabs" role="group" aria-label=${t("note.parts")}>
      ${tabs.map(([name, label, count]) => html`
        <button type="button" key=${name} aria-pressed=${tab === name} onClick=${() => onTab(name)}>${label}${count ? ` ${count}` : ""}</button>
      `)}
    </div>
  `;
}
