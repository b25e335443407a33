// A note as it is open here: what the server says, and how a change of it is sent.
import { api, Problem } from "../lib/api.js";
import { signal } from "../lib/html.js";
import { drafting } from "./drafts.js";

export function openNote(id) {
  const path = `v1/notes/${encodeURIComponent(id)}`;
  const note = signal(null);
  const problem = signal(null);
  const receipt = signal(null);
  let etag;
  let last = Promise.resolve();

  const take = (answer) => {
    etag = answer.etag;
    note.value = answer.data;
    problem.value = null;
  };
  // Only the newest answer counts: one that was asked for before a change came back would show the note without it.
  let asked = 0;
  const load = () => {
    const mine = ++asked;
    const newest = (act) => (answer) => mine === asked && act(answer);
    return api.get(path).then(newest(take), newest((error) => (problem.value = error)));
  };
  const patch = async (body) => {
    const answer = await api.patch(path, body, { etag });
    asked++;
    take(answer);
  };

  // If somebody else changed the note meanwhile, the change is sent again as long as what it changes is `unchanged`;
  // otherwise it fails with 412.
  const change = async (body, unchanged) => {
    if (!unchanged(note.value)) throw new Problem(412);
    try {
      await patch(body);
    } catch (error) {
      if (error.status !== 412) throw error;
      take(await api.get(path));
      if (!unchanged(note.value)) throw error;
      await patch(body);
    }
  };
  // One after the other: each change needs the state that the one before has left.
  const save = (body, unchanged) => (last = last.catch(() => {}).then(() => change(body, unchanged)));
  const erase = async () => {
    receipt.value = (await api.delete(path)).data;
    drafts.forget();
  };
  const drafts = drafting(id, note, save);
  return { id, note, problem, receipt, drafts, load, save, erase };
}
