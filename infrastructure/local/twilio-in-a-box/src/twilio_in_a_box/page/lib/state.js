// What the page knows, in one object. Who changes it says so; then the page is drawn once.
export const state = {
  connection: "loading", // loading, live, lost, locked: the browser lacks this run's key
  lostSince: null,
  number: "",
  links: {},
  phones: [],
  shown: [], // numbers of the phones side by side
  switches: { phones: {}, next: {}, everyone: [] },
  messages: {}, // bubbles by number, the oldest first; undefined until they are loaded
  typing: {}, // by number: whether the platform is typing
  numbers: [], // that can be called, each with a label
  recognises: false, // whether the box has an engine for what is spoken
  calls: {}, // the call of a phone, by its number
  callProblems: {}, // why something was not done in a call, by number
  drafts: {}, // what is being written, by number
  problems: {}, // why something was not sent, by number
  events: [], // of the inspector, the newest first
  held: [], // events that came while it was paused
  paused: false,
  filter: "all",
  open: null, // the id of the open event
  goesWrong: null, // the number whose switches are shown
  view: "phones", // the one part that a narrow window shows: phones, switches, inspector
  said: "", // what a screen reader hears
};

let draw = () => {};
let waiting = false;

export function drawnBy(how) {
  draw = how;
}

export function change(patch) {
  Object.assign(state, typeof patch === "function" ? patch(state) : patch);
  if (waiting) return;
  waiting = true;
  queueMicrotask(() => ((waiting = false), draw()));
}
