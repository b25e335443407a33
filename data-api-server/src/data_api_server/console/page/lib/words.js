// The words of the page, in the browser's language or the one that was chosen here.
import { signal } from "./html.js";

export const LANGUAGES = { en: "English", de: "Deutsch", es: "Español", fr: "Français", pt: "Português" };

const CHOSEN = "console.language";

// With its region, where the browser tells one: dates in en-GB are not those of en-US.
export const language = signal("en");

let words = {};
let plural = new Intl.PluralRules("en");

export async function speak(wanted = preferred()) {
  words = (await import(`../words/${wanted}.js`)).default;
  plural = new Intl.PluralRules(wanted);
  document.documentElement.lang = wanted;
  language.value = navigator.languages.find((one) => code(one) === wanted) ?? wanted;
}

export function choose(wanted) {
  localStorage.setItem(CHOSEN, wanted);
  return speak(wanted);
}

function preferred() {
  return [localStorage.getItem(CHOSEN) ?? "", ...navigator.languages].map(code).find((one) => one in LANGUAGES) ?? "en";
}

export const code = (tag) => tag.slice(0, 2).toLowerCase();

// The words of a key, with its values put in. With `count`, the key's form for that number: `…_one`, `…_other`.
export function t(key, values = {}) {
  void language.value; // who shows words is drawn again in another language
  const form = "count" in values ? `${key}_${plural.select(values.count)}` : key;
  const text = words[form] ?? words[`${key}_other`] ?? words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => shown(values[name] ?? whole));
}

export const known = (key) => key in words;

// What somebody wrote must not turn the words round it: its own marks of direction go, and it stands alone.
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;
const TO_THE_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

function shown(value) {
  if (typeof value === "number") return value.toLocaleString(language.value);
  const text = String(value).replace(TURNS, "");
  return TO_THE_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}
