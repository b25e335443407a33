import { href } from "../app/router.js";
import { dayName, length, time } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { can } from "../lib/session.js";
import { known, language, t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { StatusMark } from "../parts/status-mark.js";
import { Editable } from "./editable.js";
import { EraseNote } from "./erase-note.js";
import { NoteMenu } from "./note-menu.js";

const STAGES = { filed: "searchable", retrying: "waiting" };

// Title, where it comes from, and what can be done with it.
export function NoteHead({ open, note }) {
  const [erasing, setErasing] = useState(false);
  const stage = { kept: "searchable" }[note.stage] ?? note.stage ?? STAGES[note.status] ?? note.status;
  const kind = t(known(`note.kind.${note.kind}`) ? `note.kind.${note.kind}` : "note.kind.other");
  const named = note.language && new Intl.DisplayNames(language.value, { type: "language" }).of(note.language);
  const told = [note.sender_name, `${dayName(note.received_at)} ${time(note.received_at)}`, kind, named].filter(Boolean);
  const title = note.title ?? (note.duration ? `${kind}, ${length(note.duration)}` : kind);
  const save = (text, base) => open.save({ title: text }, (now) => now.title === base);
  return html`
    <header class="note-head">
      <a class="note-back" href=${href("notes")}><${Icon} name="left" />${t("nav.notes")}</a>
      <div class="note-name">
        <${Editable} as="h1" text=${title} label=${t("note.title")} onSave=${can("write") && note.structure && save} />
        <p class="note-meta"><${StatusMark} status=${stage} plain /><span>${t(`status.${stage}`)}</span>
          ${told.map((one) => html`<span dir="auto">${one}</span>`)}</p>
        ${note.reason && html`<p class="note-reason">${note.reason.text}</p>`}
      </div>
      <div class="note-acts">
        ${can("read") && html`<a class="button note-ask" href=${href("ask", { note: note.message_id, title })} aria-label=${t("note.ask")}><${Icon} name="ask" size="18" /><span>${t("note.ask")}</span></a>`}
        <${NoteMenu} open=${open} note=${note} onErase=${() => setErasing(true)} />
      </div>
      ${erasing && html`<${EraseNote} open=${open} note=${note} onKeep=${() => setErasing(false)} />`}
    </header>
  `;
}
