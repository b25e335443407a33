// A rule as it is written in the form: lists are lines, times are those of the browser's clock.
import { effect } from "../lib/html.js";
import { session } from "../lib/session.js";

const FIELDS = "name words expressions languages priority cool_down valid_from valid_until points".split(" ");
const MINUTE = 60_000;

export const drafts = new Map(); // what is written and not saved: whoever leaves and comes back goes on

effect(() => {
  void session.value?.key_id; // somebody else sees nothing of it
  drafts.clear();
});

export const NEW = { name: "", words: "", expressions: "", languages: [], priority: 50, cool_down: 60, valid_from: "", valid_until: "", points: "" };

const lines = (text) => text.split("\n").map((one) => one.trim()).filter(Boolean);
const local = (moment) => moment && new Date(Date.parse(moment) - new Date(moment).getTimezoneOffset() * MINUTE).toISOString().slice(0, 16);
const moment = (text) => (text ? new Date(text).toISOString() : null);

export const draftOf = (rule) => ({
  ...rule, words: rule.words.join("\n"), expressions: rule.expressions.join("\n"), valid_from: local(rule.valid_from) ?? "", valid_until: local(rule.valid_until) ?? "",
});

export const bodyOf = (draft) => ({
  name: draft.name.trim(), words: lines(draft.words), expressions: lines(draft.expressions), languages: draft.languages,
  priority: Number(draft.priority), cool_down: Number(draft.cool_down),
  valid_from: moment(draft.valid_from), valid_until: moment(draft.valid_until), points: draft.points,
});

// What the server says against it, by field; `other` is of none of them. Of a list it names the place, so here is its line.
export function problemsOf({ status, detail, title, errors }, draft, noAnswer) {
  if (!status) return { other: noAnswer };
  const body = bodyOf(draft);
  const found = {};
  for (const { field, problem } of errors) {
    const [name, place] = field.split(".");
    const line = body[name]?.[place];
    const told = Array.isArray(body[name]) && line ? `“${line}”: ${problem}` : problem;
    const where = FIELDS.includes(name) ? name : "other";
    found[where] = [found[where], told].filter(Boolean).join(" ");
  }
  return errors.length ? found : { other: detail || title };
}
