// A call as it is after a push. `partials` are the words that each speaker is saying now, by the speaker.

export function taken(call, { event, sentence, partial, hint, gaps, ended_at: endedAt, message_id: noteId, problem }) {
  if (event === "begun") return { ...call, transcribing: true, silent: false };
  if (event === "sentence") return settled({ ...call, sentences: put(call.sentences, sentence, "number") });
  if (event === "partial") return settled({ ...call, partials: { ...call.partials, [partial.speaker]: later(call.partials?.[partial.speaker], partial) } });
  if (event === "hint") return { ...call, [place(hint)]: put(call[place(hint)], hint, "hint_id") };
  if (event === "gap") return { ...call, gaps };
  if (event === "ended") return { ...call, status: "ended", ended_at: endedAt, transcribing: false, partials: {} };
  if (event === "filed") return { ...call, status: "filed", note_id: noteId };
  if (event === "no-transcription") return { ...call, silent: true, problem: problem || call.problem };
  return call;
}

// What the server says now. It does not know words that are not final, nor that nothing came in time.
export const read = (now, before) => settled({ ...now, partials: now.transcribing ? before?.partials : {}, silent: before?.silent && !now.sentences.length });

const PLACES = { sentiment: "course", escalation: "escalations", recovered: "escalations" };
const place = ({ kind }) => PLACES[kind] ?? "hints";

const put = (all, one, id) => [...all.filter((other) => other[id] !== one[id]), one].sort((a, b) => a.number - b.number);

const later = (before, now) => (before && before.number > now.number ? before : now);

// Final words take the place of their speaker's partial ones.
function settled(call) {
  const final = (speaker) => call.sentences.findLast((one) => one.speaker === speaker)?.number ?? -1;
  const open = Object.entries(call.partials ?? {}).filter(([speaker, one]) => one.number > final(speaker));
  return { ...call, partials: Object.fromEntries(open) };
}
