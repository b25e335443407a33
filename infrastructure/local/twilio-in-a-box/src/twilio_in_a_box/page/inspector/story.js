// What came of a message from a phone: what the host says it did, and what the box saw that names the message.
import { took } from "../lib/format.js";
import { state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { path, result, what } from "./what.js";

const MARKS = { ok: "received", bad: "parked", wait: "waiting" };

export function story(event, told) {
  const later = state.events.filter((one) => one.id !== event.id && Date.parse(one.at) >= Date.parse(event.at) && names(one, event));
  const seen = later.filter((one) => one.kind !== "callback" || !told.length).map((one) => ({ words: what(one), at: one.at, mark: MARKS[result(one).state] ?? "" }));
  const answered = event.status ? t("story.answered", { status: event.status }) : event.outcome;
  const first = { words: answered, mark: MARKS[result(event).state], after: `+${took(event.ms)}` };
  const done = told.map(({ text, at, mark }) => ({ words: `${text[0].toUpperCase()}${text.slice(1)}`, at, mark }));
  const steps = [...seen, ...done].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return [first, ...steps.map((one) => ({ ...one, after: `+${took(Math.max(0, Date.parse(one.at) - Date.parse(event.at)))}` }))];
}

// Whether nothing more will come of it.
export const isOver = (told) => ["searchable", "refused", "parked"].includes(told.at(-1)?.mark);

function names(event, { sid, form: { MediaUrl0: media = "" } }) {
  if (event.sid === sid) return true;
  const file = media.split("/").at(-1);
  const callback = event.kind === "callback" ? event.url : (event.form.StatusCallback ?? "");
  return callback.includes(sid) || event.form.messageId === sid || path(event).includes(sid) || (file !== "" && path(event).includes(file));
}
