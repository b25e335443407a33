// A note as it is open here, with its tasks: what the server says, and how a change of it is sent.
import { api, Problem } from "../lib/api.js";
import { signal } from "../lib/html.js";
import { drafting } from "./drafts.js";

export function openNote(id) {
  const path = `v1/notes/${encodeURIComponent(id)}`;
  const [note, tasks, problem, receipt] = [null, null, null, null].map(signal);
  let etag;
  let last = Promise.resolve();

  const take = (answer) => {
    etag = answer.etag;
    note.value = answer.data;
    problem.value = null;
  };
  const loadTasks = async () => (tasks.value = (await api.get("v1/tasks", { note: id, state: "all", limit: 100 })).data.tasks);
  // Only the newest answer counts: one that was asked for before a change came back would show the note without it.
  let asked = 0;
  const load = () => {
    const mine = ++asked;
    const newest = (act) => (answer) => mine === asked && act(answer);
    loadTasks().catch(() => {}); // the note itself says that the server does not answer
    return api.get(path).then(newest(take), newest((error) => (problem.value = error)));
  };
  const patch = async (body) => {
    const answer = await api.patch(path, body, { etag });
    asked++;
    take(answer);
    if (body.action_items || body.intent) await loadTasks();
  };

  // If somebody else changed the note meanwhile, the change is sent again as long as what it changes is `unchanged`;
  // otherwise it fails with 412, and says who it was.
  const change = async (body, unchanged) => {
    const refused = () => Object.assign(new Problem(412), { by: note.value.corrected_by });
    if (!unchanged(note.value)) throw refused();
    try {
      await patch(body);
    } catch (error) {
      if (error.status !== 412) throw error;
      take(await api.get(path));
      if (!unchanged(note.value)) throw refused();
      await patch(body);
    }
  };
  // One after the other: each change needs the state that the one before has left.
  const save = (body, unchanged) => (last = last.catch(() => {}).then(() => change(body, unchanged)));
  // Shows a task as it is now, in its place; `now` is null if it is deleted.
  const takeTask = (taskId, now) => {
    const place = tasks.value?.findIndex((one) => one.task_id === taskId);
    if (place >= 0) tasks.value = tasks.value.toSpliced(place, 1, ...(now ? [now] : []));
    else if (now) loadTasks().catch(() => {});
  };
  const changeTask = async (task, values) => {
    const { data } = await api.patch(`v1/tasks/${task.task_id}`, values, values.deleted === false ? {} : { etag: task.etag });
    takeTask(data.task_id, data);
  };
  const removeTask = async (task) => {
    const { data } = await api.delete(`v1/tasks/${task.task_id}`, { etag: task.etag });
    takeTask(task.task_id, null);
    return data;
  };
  // Archives the note, takes it back, or tries it again: `archive`, `unarchive`, `retry`.
  const act = async (name) => {
    const { data } = await api.post(`${path}/${name}`);
    note.value = { ...note.value, ...data };
    load();
  };
  const erase = async () => {
    receipt.value = (await api.delete(path)).data;
    drafts.forget();
  };
  const drafts = drafting(id, note, save);
  return { id, note, tasks, problem, receipt, drafts, load, loadTasks, save, takeTask, changeTask, removeTask, act, erase };
}
