// Archiving takes a note out of the list without erasing anything; Undo brings it back.
import { api } from "../lib/api.js";
import { t } from "../lib/words.js";
import { done } from "../parts/done.js";
import { drop, take } from "./store.js";

export async function archive(note) {
  const path = `v1/notes/${encodeURIComponent(note.message_id)}`;
  const back = () => take([{ ...note, archived: false }], { atOnce: true });
  const failed = () => done(t("notes.not-archived"));
  drop(note.message_id);
  try {
    await api.post(`${path}/archive`);
  } catch {
    back();
    return failed();
  }
  return done(t("notes.archived", { count: 1 }), () => api.post(`${path}/unarchive`).then(back, failed));
}
