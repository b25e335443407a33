import { length } from "../lib/format.js";
import { html, useComputed } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { playFrom, recordingOf } from "../parts/player.js";
import { parts as marked } from "../calls/about.js";
import { Gap } from "../calls/gap.js";
import { LineConflict } from "./line-conflict.js";
import { LineEdit } from "./line-edit.js";
import { LineState } from "./line-state.js";
import { gapsAfter, sideOf } from "./of-call.js";
import { quotedPart } from "./quotes.js";

// One line: its time, which plays it, and its words.
export function Line({ index, segment, open, note, said, quote, several, editing, onEdit, onNext, onLeave }) {
  const isSaid = useComputed(() => said.value === index).value;
  const draft = useComputed(() => open.drafts.all.value[index]).value;
  const at = segment.written ? null : segment.start;
  const play = (until = null) => playFrom({ messageId: note.message_id, at, until, label: note.sender_name, note });
  const heard = at !== null && recordingOf(note);
  const playLine = !heard ? null : () => play(segment.end);
  const text = draft && draft.state !== "conflict" ? draft.text : segment.text;
  const quoted = quotedPart(text, quote);
  const hits = text === segment.text ? (note.hits ?? []).filter((one) => one.segment === index) : [];
  const parts = quoted ? quoted.map((one, place) => ({ text: one, marked: place === 1 })) : marked(text, hits.map((content) => ({ content })));
  const named = several && segment.speaker && segment.speaker !== note.segments[index - 1]?.speaker;
  const conflict = draft?.state === "conflict";
  return html`
    <li class="line" aria-current=${isSaid ? "true" : undefined} data-written=${segment.written} data-state=${conflict ? "conflict" : editing ? "edited" : undefined}>
      ${heard ? html`<button type="button" class="line-time" aria-label=${t("note.play-at", { at: length(at) })} onClick=${() => play()}>${length(at)}</button>` : at !== null && html`<span class="line-time" data-silent>${length(at)}</span>`}
      <div class="line-body" data-speaker=${several ? sideOf(note, segment) || "other" : undefined}>
        ${named && html`<p class="said-name" dir="auto">${segment.speaker}</p>`}
        ${conflict && html`<${LineConflict} draft=${draft} drafts=${open.drafts} index=${index} onPlay=${playLine} />`}
        ${!conflict && editing && html`<${LineEdit} index=${index} text=${text} drafts=${open.drafts} draft=${draft} onPlay=${playLine} onNext=${onNext} onLeave=${onLeave} />`}
        ${!conflict && !editing && html`
          <p class="line-text" dir="auto" data-unsure=${segment.uncertain} onDblClick=${() => onEdit && onEdit(index)}>
            ${segment.uncertain && html`<span class="unseen">${t("note.unsure")}</span>`}${parts.map((one) => (one.marked ? html`<mark>${one.text}</mark>` : one.text))}</p>
          <${LineState} draft=${draft} />`}
        ${note.call && gapsAfter(note, index).map((gap) => html`<${Gap} as="p" key=${gap.after} gap=${gap} comes=${false} />`)}
      </div>
      ${onEdit && !editing && !conflict && html`<button type="button" class="line-edit" aria-label=${t("note.edit-line", { at: at === null ? index + 1 : length(at) })} onClick=${() => onEdit(index)}><${Icon} name="edit" size="16" /></button>`}
    </li>
  `;
}
