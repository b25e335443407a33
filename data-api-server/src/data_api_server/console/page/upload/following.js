// What becomes of a file that has arrived: its note's state, pushed or asked for.
import { api } from "../lib/api.js";
import { live } from "../lib/live.js";

const OFTEN = 4000;
const DONE = ["searchable", "refused", "parked"];

export function follow(messageId, tell) {
  const ends = ["note", "note.changed"].map((type) => live.on(type, ({ note }) => note?.message_id === messageId && look()));
  async function look() {
    const { data } = await api.get(`v1/notes/${messageId}`).catch(() => ({}));
    if (!data) return;
    tell({ status: statusOf(data), title: data.title, text: data.problem });
    if (DONE.includes(statusOf(data))) stop();
  }
  const timer = setInterval(look, OFTEN);
  const stop = () => (clearInterval(timer), ends.forEach((end) => end()));
  look();
}

function statusOf({ status, steps }) {
  if (["refused", "parked"].includes(status)) return status;
  if (["waiting", "retrying"].includes(status)) return "waiting";
  const reached = [["searchable", "searchable"], ["artifacts", "filed"], ["note", "understood"], ["transcript", "heard"]];
  return reached.find(([step]) => step in (steps ?? {}))?.[1] ?? "received";
}
