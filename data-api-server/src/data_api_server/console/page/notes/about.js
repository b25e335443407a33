// What a note is called, and what is said of it in a list.
import { length, time } from "../lib/format.js";
import { known, t } from "../lib/words.js";

const MOVING = ["received", "heard", "understood", "filed"];
const STAGES = { filed: "searchable", retrying: "waiting" };

// How far it has come, as its mark shows it. A note that is kept with nothing to find is as settled as a searchable one.
export function stage(note) {
  const own = note.stage ?? STAGES[note.status] ?? note.status;
  return own === "kept" ? "searchable" : own;
}

export const moves = (note) => MOVING.includes(stage(note));
export const needsYou = (note) => stage(note) === "parked";

export const INTENTS = ["job-to-be-done", "knowledge-document", "other"];
export const intent = (name) => (known(`intent.${name}`) ? t(`intent.${name}`) : name);

export function title(note) {
  if (note.title) return note.title;
  const kind = t(`kind.${note.kind}`);
  return note.duration ? t("notes.untitled", { kind, length: length(note.duration) }) : kind;
}

// "3:08 · Task", after the sender
export function second(note) {
  const long = note.duration ? length(note.duration) : t(`kind.short.${note.kind}`);
  return [note.title && long, note.intent && !needsYou(note) && intent(note.intent)].filter(Boolean).join(" · ");
}

// Why it is not settled; empty for a note that is. While the server does not answer, only what was known.
export function reason(note, lost = null) {
  const at = stage(note);
  if (moves(note)) return lost ? t("notes.at", { stage: t(`status.${at}`), time: time(lost) }) : t(`notes.moving.${at}`);
  const why = whyOf(note);
  return at === "searchable" || !why ? why : t("notes.why", { stage: t(`status.${at}`), why });
}

function whyOf({ reason: told, problem, status }) {
  if (!told) return status === "filed" ? "" : (problem ?? "");
  const key = `reason.${told.code}`;
  return known(key) ? t(key, told.values) : told.text;
}
