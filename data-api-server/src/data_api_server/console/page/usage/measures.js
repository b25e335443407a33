// What is counted: how to read it from a month, its budget there, and how to say it.
import { dollars, duration } from "../lib/format.js";
import { language, t } from "../lib/words.js";

const number = (value, options) => value.toLocaleString(language.value, options);
const compact = (value) => number(value, { notation: "compact", maximumFractionDigits: 1 });

const COST = {
  name: "cost",
  of: (month) => month.dollars ?? 0,
  budget: () => null,
  least: 0.03,
  say: dollars,
  unit: () => 1,
  tick: (value) => number(value, { style: "currency", currency: "USD", minimumFractionDigits: 0, maximumFractionDigits: 2 }),
  parts: () => t("usage.estimated"),
};

// Dollars come first, where the operator has set prices.
export const measuresOf = (months) => (months.at(-1).dollars === null ? MEASURES : [COST, ...MEASURES]);

const MEASURES = [
  {
    name: "audio", // in seconds; its axis has hours, or minutes where there is little
    of: (month) => month.audio_seconds,
    budget: (month) => (month.budget?.audio_minutes ?? null) && month.budget.audio_minutes * 60,
    say: (seconds) => (seconds < 60 ? t("usage.minutes", { minutes: Math.ceil(seconds / 60) }) : duration(seconds)),
    unit: (most) => (most > 7200 ? 3600 : 60),
    tick: (seconds) => (seconds >= 3600 || !seconds ? t("usage.axis-hours", { hours: seconds / 3600 }) : t("usage.minutes", { minutes: seconds / 60 })),
    parts: () => "",
  },
  {
    name: "messages",
    of: (month) => month.messages_received + month.messages_sent,
    budget: (month) => month.budget?.messages ?? null,
    say: (value) => number(Math.round(value)),
    unit: () => 1,
    tick: compact,
    parts: (month) => t("usage.in-out", { in: month.messages_received, out: month.messages_sent }),
  },
  {
    name: "tokens",
    of: (month) => month.input_tokens + month.output_tokens + month.embedding_tokens,
    budget: (month) => month.budget?.tokens ?? null,
    say: (value) => number(Math.round(value), value < 1e5 ? {} : { notation: "compact", compactDisplay: "long", maximumFractionDigits: 1 }),
    unit: () => 1,
    tick: compact,
    parts: (month) => t("usage.tokens-parts", { in: compact(month.input_tokens), out: compact(month.output_tokens), vectors: compact(month.embedding_tokens) }),
  },
];

// "2026-11" as "Nov", or as "November 2026".
export function monthName(month, options = { month: "short" }) {
  return new Date(`${month}-15T12:00:00Z`).toLocaleDateString(language.value, { timeZone: "UTC", ...options });
}

// What this month comes to if it goes on as until now; null in its first day, which says too little.
export function projected({ months, now, ends_at: end }, measure) {
  const begin = Date.parse(`${months.at(-1).month}-01T00:00:00Z`);
  const [past, all] = [Date.parse(now) - begin, Date.parse(end) - begin];
  return past < 86_400_000 ? null : (measure.of(months.at(-1)) * all) / past;
}
