import { place } from "../app/router.js";
import { html, useEffect, useMemo, useState } from "../lib/html.js";
import { live } from "../lib/live.js";
import { t } from "../lib/words.js";
import { Mood } from "../calls/mood.js";
import { playFrom, recordingOf } from "../parts/player.js";
import { Notice, ProblemNotice } from "../parts/notice.js";
import { Waiting } from "../parts/waiting.js";
import { NoteHead } from "./note-head.js";
import { NoteSide } from "./note-side.js";
import { NoteTabs } from "./note-tabs.js";
import { PlayerCard } from "./player-card.js";
import { Receipt } from "./receipt.js";
import { Summary } from "./summary.js";
import { escalations, felt } from "./of-call.js";
import { openNote } from "./store.js";
import { Transcript } from "./transcript.js";

// One note: `#/notes/ID?at=134&quote=…` starts at that second, with the quoted words marked.
export default function NotePage({ id = place.value.path[1] }) {
  const open = useMemo(() => openNote(id), [id]);
  const [tab, setTab] = useState("words");
  const note = open.note.value;
  const { at, quote } = place.value.query;
  useEffect(() => {
    open.load();
    const mine = (message) => (message.note?.message_id ?? message.message_id) === id && !open.receipt.value && open.load();
    const ends = ["note", "note.changed", "note.erased"].map((type) => live.on(type, mine));
    const told = ({ task_id: taskId, task }) => taskId.startsWith(`${id}.`) && open.takeTask(taskId, task);
    ends.push(live.on("task", told), live.on("open", () => open.note.value && open.load()), open.drafts.start());
    return () => ends.forEach((end) => end());
  }, [open]);
  const heard = note && recordingOf(note);
  useEffect(() => {
    if (heard && at !== undefined && Number.isFinite(Number(at))) playFrom({ messageId: id, at: Number(at), label: note.sender_name, note });
  }, [open, Boolean(heard), at, quote]);
  if (open.receipt.value) return html`<${Receipt} receipt=${open.receipt.value} />`;
  const name = html`<h1 class="unseen">${t("note.one")}</h1>`; // of a page that has no note to name it
  if (!note && open.problem.value?.status === 404) return html`${name}<${Notice} title=${t("note.gone")} text=${t("note.gone.text")} />`;
  if (!note && open.problem.value) return html`${name}<${ProblemNotice} problem=${open.problem.value} title=${t("note.not-loaded")} onAgain=${open.load} />`;
  if (!note) return html`<${Waiting} lines="8" title=${t("note.one")} />`;
  return html`
    <article class="note" data-tab=${tab} data-heard=${Boolean(heard)} aria-label=${note.title}>
      <${NoteHead} open=${open} note=${note} />
      <${Summary} open=${open} note=${note} />
      ${heard && html`<${PlayerCard} note=${note} quote=${quote} />`}
      ${note.call?.course.length > 0 && html`<${Mood} felt=${felt(note)} raised=${escalations(note).map((one) => one.at).filter((second) => second !== undefined)} until=${note.duration} least=${10} />`}
      <${NoteTabs} open=${open} note=${note} tab=${tab} onTab=${setTab} />
      <div class="note-columns">
        <${Transcript} open=${open} note=${note} quote=${quote} />
        <${NoteSide} open=${open} note=${note} />
      </div>
    </article>
  `;
}
