// Lines that are being corrected here. A draft stays in this tab until the server has it, so nothing typed is lost.
// Its state: "typing", "saving", "saved", "kept" (not sent yet), "conflict" or "refused".
import { badge } from "../app/badges.js";
import { lostSince } from "../lib/api.js";
import { effect, signal } from "../lib/html.js";

const PAUSE = 1500; // milliseconds without a key, then it is saved
const AGAIN = 10; // seconds until what the server did not take is sent again, if it does not say when
const PASSING = [0, 401, 403, 429, 500, 503]; // statuses of failures that go by; a key may be revoked, and another one come

export function drafting(id, note, save) {
  const place = `console.drafts.${id}`;
  const drafts = signal(JSON.parse(sessionStorage.getItem(place) ?? "{}"));
  const timers = {};

  function set(index, draft) {
    const { [index]: before, ...others } = drafts.value;
    drafts.value = draft ? { ...others, [index]: draft } : others;
    const unsent = Object.entries(drafts.value).filter(([, one]) => one.state !== "saved");
    badge("kept", unsent.length);
    if (unsent.length) sessionStorage.setItem(place, JSON.stringify(Object.fromEntries(unsent)));
    else sessionStorage.removeItem(place);
  }

  function type(index, text) {
    const { start, text: shown } = note.value.segments[index];
    const before = drafts.value[index];
    const base = before && before.state !== "saved" ? before.base : shown;
    set(index, { text, base, start, was: before?.was ?? base, state: "typing" });
    clearTimeout(timers[index]);
    timers[index] = setTimeout(send, PAUSE, index);
  }

  async function send(index) {
    clearTimeout(timers[index]);
    const draft = drafts.value[index];
    if (!draft || ["saved", "saving"].includes(draft.state)) return;
    const text = draft.text.replace(/\s+/g, " ").trim();
    if (!text || text === draft.base) return set(index, null);
    const isSame = (one) => one.segments[index]?.start === draft.start && [draft.base, text].includes(one.segments[index].text);
    set(index, { ...draft, state: "saving" });
    let state = "saved";
    try {
      await save({ segments: [{ index: Number(index), text }] }, isSame);
    } catch (error) {
      state = error.status === 412 ? (isSame(note.value) ? "kept" : "conflict") : PASSING.includes(error.status) ? "kept" : "refused";
      if (state === "kept" && error.status >= 429) timers[index] = setTimeout(send, (error.retryAfter ?? AGAIN) * 1000, index);
    }
    const now = drafts.value[index]; // more may have been typed
    const more = now.text !== draft.text;
    if (state === "saved") set(index, { ...now, base: text, state: more ? "typing" : "saved" });
    else set(index, { ...now, state, theirs: note.value.segments[index]?.text, by: note.value.corrected_by });
    if (more) send(index);
  }

  const yours = (index) => (set(index, { ...drafts.value[index], base: drafts.value[index].theirs, state: "typing" }), send(index));
  const drop = (index) => (clearTimeout(timers[index]), set(index, null));
  const forget = () => Object.keys(drafts.value).forEach(drop);
  const sendAll = () => Object.entries(drafts.peek()).forEach(([index, one]) => ["kept", "typing"].includes(one.state) && send(index));
  // When the server is back, and when the note is there after a reload.
  const start = () => effect(() => void (note.value && lostSince.value === null && setTimeout(sendAll, 0)));
  return { all: drafts, type, send, yours, drop, forget, start };
}
