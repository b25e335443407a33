import { day, dayName } from "../lib/format.js";
import { language } from "../lib/words.js";

// The notes of each day, with the day's name; today needs none.
export function grouped(notes) {
  const today = day(new Date());
  const groups = [];
  let last = null;
  for (const note of notes) {
    const its = day(note.received_at);
    if (its !== last) groups.push({ name: its === today ? "" : capital(dayName(note.received_at)), notes: [] });
    last = its;
    groups.at(-1).notes.push(note);
  }
  return groups;
}

const capital = (text) => text.charAt(0).toLocaleUpperCase(language.value) + text.slice(1);
