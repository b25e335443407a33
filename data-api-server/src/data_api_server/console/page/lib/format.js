// Times, dates, lengths and sizes, as the chosen language and the company's time zone say them.
import { session } from "./session.js";
import { language, t } from "./words.js";

const made = new Map();

function formatter(options) {
  const zone = session.value?.time_zone;
  const name = JSON.stringify([language.value, zone, options]);
  if (!made.has(name)) made.set(name, new Intl.DateTimeFormat(language.value, { timeZone: zone, ...options }));
  return made.get(name);
}

const moment = (value) => (value instanceof Date ? value : new Date(value));

// 09:41
export const time = (value) => formatter({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(moment(value));

// 09:41:05
export const clock = (value) => formatter({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(moment(value));

// Thu 26 Nov; with the year if it is not this one
export function date(value) {
  const year = moment(value).getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" };
  return formatter({ weekday: "short", day: "numeric", month: "short", ...year }).format(moment(value));
}

// 2026-11-26, to compare days in the company's time zone
export function day(value) {
  const parts = formatter({ year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(moment(value));
  const of = (type) => parts.find((part) => part.type === type).value;
  return `${of("year")}-${of("month")}-${of("day")}`;
}

// "today", "yesterday", or the date; `apart` counts days from today
export function dayName(value) {
  const apart = Math.round((Date.parse(day(value)) - Date.parse(day(new Date()))) / 86_400_000);
  if (Math.abs(apart) > 1) return date(value);
  return new Intl.RelativeTimeFormat(language.value, { numeric: "auto" }).format(apart, "day");
}

// Seconds as 3:08 or 1:02:03
export function length(seconds) {
  const all = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, String(all % 60).padStart(2, "0")];
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

// Seconds as 0:47, 48 min, 1 h 52 min or 2 h
export function duration(seconds) {
  const minutes = Math.round(seconds / 60);
  if (seconds < 60) return length(seconds);
  if (minutes < 60) return t("usage.minutes", { minutes });
  return t(minutes % 60 ? "usage.hours" : "usage.axis-hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

// Bytes as 412 KB
export function size(bytes) {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "KB"] : bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  const digits = value < 10 && unit !== "KB" ? 1 : 0;
  return `${Math.max(value, 1).toLocaleString(language.value, { maximumFractionDigits: digits })} ${unit}`;
}

// Dollars, such as $12.40
export const dollars = (value) => value.toLocaleString(language.value, { style: "currency", currency: "USD" });
