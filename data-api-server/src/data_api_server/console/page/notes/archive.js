// Archiving takes a note out of the list without erasing anything; Undo, or the same again, brings it back.
import { api } from "../lib/api.js";
import { t } from "../lib/words.js";
import { done } from "../parts/done.js";
import { drop, take } from "./store.js";

export async function archive(note) {
  const aside = !note.archived;
  const path = `v1/notes/${encodeURIComponent(note.message_id)}`;
  const send = (away) => api.post(`${path}/${away ? "archive" : "unarchive"}`);
  const back = () => take([note], { atOnce: true });
  const failed = () => done(t(aside ? "notes.not-archived" : "notes.not-back"));
  drop(note.message_id);
  try {
    await send(aside);
  } catch {
    back();
    return failed();
  }
  return done(t(aside ? "notes.archived" : "notes.back", { count: 1 }), () => send(!aside).then(back, failed));
}
