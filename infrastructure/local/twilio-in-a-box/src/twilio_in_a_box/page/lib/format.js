// Times, lengths and sizes, as this machine's own clock has them.
import { t } from "./words.js";

const clocked = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const exact = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dated = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });

// 09:41
export const time = (at) => clocked.format(new Date(at));

// 09:41:05
export const clock = (at) => exact.format(new Date(at));

// "Today", or Thu 26 Nov
export function day(at) {
  const name = dated.format(new Date(at));
  return name === dated.format(new Date()) ? t("day.today") : name;
}

// Seconds as 3:08
export function length(seconds) {
  const all = Math.max(0, Math.round(seconds));
  return `${Math.floor(all / 60)}:${String(all % 60).padStart(2, "0")}`;
}

// Bytes as 412 KB
export function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

// Milliseconds as 11 ms or 8.1 s
export const took = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

// A number in groups, as people read it: +1 555 010 0001, +44 7700 900142, +49 171 5550187
export const number = (raw) =>
  raw.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "+1 $1 $2 $3").replace(/^\+44(\d{4})(\d+)$/, "+44 $1 $2").replace(/^\+([2-9]\d)(\d{3})(\d+)$/, "+$1 $2 $3");

export function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return words.length ? [words[0], words.at(-1)].slice(0, words.length).map((word) => [...word][0].toUpperCase()).join("") : "?";
}
