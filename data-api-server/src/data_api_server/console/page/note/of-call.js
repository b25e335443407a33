// What a call's note keeps of the call, laid on its lines. What was noticed has the number of its sentence, not its second.

const spoken = (note) => note.segments.filter((one) => !one.written && one.start !== null);
const startsWith = (note, text = "") => spoken(note).find((one) => one.text.startsWith(text.slice(0, 100)))?.start;

// "customer", "agent", or "" for a note that is no call.
export function sideOf(note, segment) {
  const { customer, agent } = note.call?.speakers ?? {};
  return segment.speaker && { [agent]: "agent", [customer]: "customer" }[segment.speaker] || "";
}

export const severalSpeak = (note) => new Set(note.segments.map((one) => one.speaker).filter(Boolean)).size > 1;

// The course has an entry for each sentence of the customer; a line that is missing shifts no time by much.
export function felt(note) {
  const said = spoken(note).filter((one) => sideOf(note, one) === "customer");
  const { course = [] } = note.call ?? {};
  const place = (index) => (said.length === course.length ? index : Math.round((index / Math.max(course.length - 1, 1)) * (said.length - 1)));
  return said.length ? course.map((one, index) => ({ number: one.number, at: said[place(index)].start, value: one.course })) : [];
}

export function escalations(note) {
  const heard = felt(note);
  const { escalations: all = [] } = note.call ?? {};
  const at = ({ number, content }) => heard.find((one) => one.number === number)?.at ?? startsWith(note, content.texts?.at(-1));
  const closed = (cause) => all.find((one) => one.kind === "recovered" && one.content.cause === cause);
  return all.filter((one) => one.kind === "escalation").map((one) => ({ cause: one.content.cause, at: at(one), recovered: Boolean(closed(one.content.cause)) }));
}

// Gaps after a line, and before the next one.
export function gapsAfter(note, index) {
  const { gaps = [] } = note.call ?? {};
  const [before, after] = [note.segments[index].start ?? 0, note.segments[index + 1]?.start ?? Infinity];
  return gaps.filter((gap) => (index === 0 || gap.start >= before) && gap.start < after);
}
