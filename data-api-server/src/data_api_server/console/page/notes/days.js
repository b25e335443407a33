import { day, dayName } from "../lib/format.js";
import { language } from "../lib/words.js";

const ABOUT = 32; // notes in one group, or fewer at a day's end

const days = new WeakMap();

const dayOf = (note) => days.get(note) ?? days.set(note, day(note.received_at)).get(note);

// Whether a group ends with this note: its id decides, so that a note that is added moves no other into another group.
const ends = (note) => parseInt(note.message_id.slice(-4), 16) % ABOUT === 0;

// The notes in groups of one day; the first group of each day has the day's name, but today needs none.
export function grouped(notes) {
  const today = day(new Date());
  const groups = [];
  let before = null;
  for (const note of notes) {
    const its = dayOf(note);
    const other = !before || its !== dayOf(before);
    if (other || ends(before)) {
      const name = other && its !== today ? capital(dayName(note.received_at)) : "";
      groups.push({ key: before?.message_id ?? "first", name, notes: [] });
    }
    groups.at(-1).notes.push(note);
    before = note;
  }
  return groups;
}

const capital = (text) => text.charAt(0).toLocaleUpperCase(language.value) + text.slice(1);
