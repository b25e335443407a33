// Keeps the list as it is elsewhere: what is pushed, and what its notes say since.
import { live } from "../lib/live.js";
import { drop, load, take } from "./state.js";

const SETTLES = 1000; // milliseconds; a note's changes come in a row, and its tasks come last
const POLL = 30_000; // a push can be lost, and without a connection there is none
const SAID = ["filed", "searchable"];

// Gives back what ends it.
export function keep() {
  let timer;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(load, SETTLES, { keep: true });
  };
  const ends = [
    live.on("task", ({ task_id: id, task }) => (task ? take(task) : drop(id))),
    live.on("note", ({ note }) => SAID.includes(note.stage) && again()),
    ...["note.changed", "note.erased", "open"].map((type) => live.on(type, again)),
  ];
  const poll = setInterval(() => document.hidden || again(), POLL);
  load();
  return () => {
    clearTimeout(timer);
    clearInterval(poll);
    ends.forEach((end) => end());
  };
}
