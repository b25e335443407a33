// What is said of a call in the list and on its page.
import { length } from "../lib/format.js";
import { known, language, t } from "../lib/words.js";

export const customerOf = (call) => call.customer_name || call.customer || t("calls.hidden");
export const agentOf = (call) => call.agent_name || call.agent || t("calls.us");
export const nameOf = (call, speaker) => (speaker === "customer" ? customerOf(call) : agentOf(call));

export const languageOf = (code) => code && new Intl.DisplayNames(language.value, { type: "language" }).of(code);

// Seconds that it lasted, or lasts by now.
export const lasted = (call) => (Date.parse(call.ended_at || new Date().toISOString()) - Date.parse(call.started_at)) / 1000;

export const cause = (name) => (known(`calls.cause.${name}`) ? t(`calls.cause.${name}`) : name);

export const startOf = (call, number) => call.sentences.find((one) => one.number === number)?.start;
export const at = (seconds) => (seconds === undefined ? "" : length(seconds));

// Escalations that no recovery has closed, and those that one has, each with what closed it.
export function escalated({ escalations }) {
  const raised = escalations.filter((one) => one.kind === "escalation");
  const closing = (one) => escalations.find(({ kind, number, content }) => kind === "recovered" && number >= one.number && [one.content.cause, undefined].includes(content.cause));
  return { open: raised.filter((one) => !closing(one)), closed: raised.filter(closing).map((one) => ({ ...one, by: closing(one) })) };
}

// The words of a hint as they were said. Its places count characters as the server does, so that one may be two units here.
export function parts(text, hints) {
  const letters = [...text];
  const marks = hints.map(({ content: { begin, stop } }) => [begin, stop]).filter(([begin, stop]) => begin < stop).sort(([one], [other]) => one - other);
  let done = 0;
  const found = marks.flatMap(([begin, stop]) => {
    if (begin < done) return [];
    const both = [{ text: letters.slice(done, begin).join("") }, { text: letters.slice(begin, stop).join(""), marked: true }];
    done = stop;
    return both;
  });
  return [...found, { text: letters.slice(done).join("") }].filter((one) => one.text);
}
