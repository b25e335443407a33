import { html } from "../lib/html.js";
import { needsYou } from "../notes/about.js";
import { FiledAs } from "./filed-as.js";
import { NoteCall } from "./note-call.js";
import { NoteFiles } from "./note-files.js";
import { NoteReplies } from "./note-replies.js";
import { NoteTasks } from "./note-tasks.js";

// What belongs to the note: how it is filed, its tasks, the reply to its sender, its files.
export const NoteSide = ({ open, note }) => html`
  <div class="side">
    <${NoteCall} note=${note} />
    ${note.intent && !needsYou(note) && html`<${FiledAs} open=${open} note=${note} />`}
    <${NoteTasks} open=${open} note=${note} />
    <${NoteReplies} note=${note} />
    <${NoteFiles} open=${open} note=${note} />
  </div>
`;
