// What came of a message from a phone, as far as the box saw it: later events that name it.
import { took } from "../lib/format.js";
import { state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { path, result, what } from "./what.js";

export function story(event) {
  const { sid, form: { MediaUrl0: media = "" } } = event;
  if (event.kind !== "webhook") return [];
  const file = media.split("/").at(-1);
  const began = Date.parse(event.at);
  const later = state.events.filter((one) => one.id !== event.id && Date.parse(one.at) >= began && names(one, sid, file)).toReversed();
  const first = { id: event.id, words: event.status ? t("story.answered", { status: event.status }) : event.outcome, after: `+${took(event.ms)}`, state: result(event).state };
  return [first, ...later.map((one) => ({ id: one.id, words: what(one), after: `+${took(Math.max(0, Date.parse(one.at) - began))}`, state: result(one).state }))];
}

function names(event, sid, file) {
  if (event.sid === sid) return true;
  const callback = event.kind === "callback" ? event.url : (event.form.StatusCallback ?? "");
  return callback.includes(sid) || event.form.messageId === sid || path(event).includes(sid) || (file !== "" && path(event).includes(file));
}
