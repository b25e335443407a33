import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { intent } from "../notes/about.js";
import { NoteFiles } from "./note-files.js";
import { NoteReplies } from "./note-replies.js";
import { NoteTasks } from "./note-tasks.js";

// What belongs to the note: how it is filed, its tasks, the reply to its sender, its files.
export function NoteSide({ open, note }) {
  return html`
    <div class="side">
      ${note.intent && html`
        <section data-panel="tasks"><h2 class="heading">${t("note.filed-as")}</h2>
          <p class="side-filed"><span>${intent(note.intent)}</span>${note.tag && html`<span class="tag" dir="auto">${note.tag}</span>`}</p></section>`}
      ${note.structure?.action_items && html`<${NoteTasks} open=${open} note=${note} />`}
      <${NoteReplies} note=${note} />
      <${NoteFiles} note=${note} />
    </div>
  `;
}
