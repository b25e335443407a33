import { href } from "../app/router.js";
import { lostSince } from "../lib/api.js";
import { dayName, time } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { can } from "../lib/session.js";
import { language, t } from "../lib/words.js";
import { stage, title } from "../notes/about.js";
import { archive } from "../notes/archive.js";
import { Icon } from "../parts/icon.js";
import { StatusMark } from "../parts/status-mark.js";
import { Editable } from "./editable.js";
import { EraseNote } from "./erase-note.js";
import { NoteMenu } from "./note-menu.js";
import { NoteState } from "./note-state.js";

// Title, where it comes from, and what can be done with it.
export function NoteHead({ open, note }) {
  const [erasing, setErasing] = useState(false);
  const lost = lostSince.value;
  const named = note.language && new Intl.DisplayNames(language.value, { type: "language" }).of(note.language);
  const told = [note.sender_name, `${dayName(note.received_at)} ${time(note.received_at)}`, note.call ? t("calls.with-agent", { name: note.call.speakers.agent ?? note.call.agent }) : t(`kind.${note.kind}`), named, note.archived && t("notes.part.archived")].filter(Boolean);
  const putAside = async () => {
    await archive(note);
    open.load();
  };
  const save = (text, base) => open.save({ title: text }, (now) => now.title === base);
  return html`
    <header class="note-head">
      <div class="note-name">
        <${Editable} as="h1" text=${title(note)} label=${t("note.title")} onSave=${can("write") && note.structure && save} />
        <p class="note-meta"><${StatusMark} status=${stage(note)} plain /><span>${t(`status.${stage(note)}`)}</span>
          ${told.map((one) => html`<span dir="auto">${one}</span>`)}</p>
        <${NoteState} open=${open} note=${note} />
      </div>
      <div class="note-acts">
        ${can("read") && html`<a class="button note-ask" href=${lost ? undefined : href("ask", { note: note.message_id, title: title(note) })} aria-disabled=${Boolean(lost)} role="link" aria-label=${t("note.ask")}><${Icon} name="ask" size="18" /><span>${t("note.ask")}</span></a>`}
        ${can("write") && html`<button type="button" class="icon-button" aria-label=${t(note.archived ? "note.unarchive" : "note.archive")} aria-pressed=${note.archived} onClick=${putAside}><${Icon} name="archive" /></button>`}
        <${NoteMenu} open=${open} note=${note} onErase=${() => setErasing(true)} />
      </div>
      ${erasing && html`<${EraseNote} open=${open} note=${note} onKeep=${() => setErasing(false)} />`}
    </header>
  `;
}
