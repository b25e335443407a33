import { length } from "../lib/format.js";
import { html, useComputed } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { playFrom } from "../parts/player.js";
import { LineConflict } from "./line-conflict.js";
import { LineEdit } from "./line-edit.js";
import { LineState } from "./line-state.js";
import { quotedPart } from "./quotes.js";

// One line: its time, which plays it, and its words.
export function Line({ index, segment, open, note, said, quote, editing, onEdit, onNext, onLeave }) {
  const isSaid = useComputed(() => said.value === index).value;
  const draft = useComputed(() => open.drafts.all.value[index]).value;
  const at = segment.written ? null : segment.start;
  const play = (until = null) => playFrom({ messageId: note.message_id, at, until, label: note.sender_name, note });
  const playLine = at === null ? null : () => play(segment.end);
  const text = draft && draft.state !== "conflict" ? draft.text : segment.text;
  const parts = quotedPart(text, quote);
  const conflict = draft?.state === "conflict";
  return html`
    <li class="line" aria-current=${isSaid ? "true" : undefined} data-written=${segment.written} data-state=${conflict ? "conflict" : editing ? "edited" : undefined}>
      ${at !== null && html`<button type="button" class="line-time" aria-label=${t("note.play-at", { at: length(at) })} onClick=${() => play()}>${length(at)}</button>`}
      <div class="line-body">
        ${conflict && html`<${LineConflict} draft=${draft} drafts=${open.drafts} index=${index} onPlay=${playLine} />`}
        ${!conflict && editing && html`<${LineEdit} index=${index} text=${text} drafts=${open.drafts} draft=${draft} onPlay=${playLine} onNext=${onNext} onLeave=${onLeave} />`}
        ${!conflict && !editing && html`
          <p class="line-text" dir="auto" data-unsure=${segment.uncertain} onDblClick=${() => onEdit && onEdit(index)}>
            ${segment.uncertain && html`<span class="unseen">${t("note.unsure")}</span>`}${parts ? html`${parts[0]}<mark>${parts[1]}</mark>${parts[2]}` : text}</p>
          <${LineState} draft=${draft} />`}
      </div>
      ${onEdit && !editing && !conflict && html`<button type="button" class="line-edit" aria-label=${t("note.edit-line", { at: at === null ? index + 1 : length(at) })} onClick=${() => onEdit(index)}><${Icon} name="edit" size="16" /></button>`}
    </li>
  `;
}
