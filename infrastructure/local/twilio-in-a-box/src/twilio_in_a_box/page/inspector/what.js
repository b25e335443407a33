// An event in words: what it was, and what came back.
import { took } from "../lib/format.js";
import { known, t } from "../lib/words.js";

export const path = (event) => new URL(event.url, document.baseURI).pathname;

// SM3f…02
export const short = (sid = "") => (sid.length > 10 ? `${sid.slice(0, 4)}…${sid.slice(-2)}` : sid);

export function what(event) {
  if (event.kind !== "request" && isOfCall(event)) return ofCall(event);
  if (event.kind === "webhook") return webhook(event.form);
  if (event.kind === "callback") return callback(event.form);
  return request(event.method, path(event), event.form);
}

const isOfCall = ({ form, url }) => "CallSid" in form || url.includes("CallSid=");

// A step of a call, or what is told of it.
function ofCall({ kind, form }) {
  const { TranscriptionEvent: transcribed, Track: track, RecordingStatus: recorded, CallStatus: status = "" } = form;
  if (transcribed) return track ? t("what.transcribed-track", { event: transcribed, track }) : t("what.transcribed", { event: transcribed });
  if (recorded && kind === "callback") return t("what.recorded", { status: recorded });
  if (kind === "callback") return t("what.call-status", { status });
  if (form.SpeechResult !== undefined) return t("what.speech", { text: form.SpeechResult });
  if (form.Digits !== undefined) return t("what.digits", { digits: form.Digits });
  if (form.DialCallStatus) return t("what.dialled", { status: form.DialCallStatus });
  return t(status === "ringing" ? "what.rings" : "what.step");
}

function webhook({ MessageType: type = "text", ButtonText: button, OriginalRepliedMessageSid: quoted, Forwarded: forwarded }) {
  const kind = button ? "button" : type; // of one that no template opened the conversation with, Twilio says interactive
  const name = known(`type.${kind}`) ? t(`type.${kind}`) : kind;
  const more = button ? t("what.pressed", { button }) : quoted ? t("what.quotes", { sid: short(quoted) }) : forwarded === "true" ? t("what.forwarded") : t("what.signed");
  return `${name}, ${more}`;
}

function callback({ MessageStatus: status = "", ErrorCode: code }) {
  return code ? t("what.status-code", { status, code }) : t("what.status", { status });
}

function request(method, where, { MediaUrl: media, Body: body = "", ContentSid: content }) {
  const last = where.split("/").at(-1).replace(".json", "");
  if (/Typing\.json$/.test(where)) return t("what.typing");
  if (/\/Media\//i.test(where)) return t(method === "DELETE" ? "what.media-gone" : "what.media", { sid: short(last) });
  if (/Messages\.json$/.test(where) && method === "POST") return media ? t("what.clip") : content ? t("what.content") : t("what.message", { length: [...body].length });
  if (/Messages\.json$/.test(where)) return t("what.list");
  if (/\/Media\.json$/.test(where)) return t("what.files", { sid: short(where.split("/").at(-2)) });
  if (/\/Recordings\b/.test(where)) return t(method === "DELETE" ? "what.recording-gone" : "what.recording", { sid: short(last) });
  if (/\/Calls\b/.test(where)) return t("what.calls");
  if (/\/Messages\//.test(where)) return t(method === "DELETE" ? "what.delete" : "what.read", { sid: short(last) });
  if (/\/Content$/.test(where) && method === "POST") return t("what.template");
  return `${method} ${where}`;
}

// In words, and how it went: ok, wait (it goes on by itself), bad, or nothing to say.
export function result(event) {
  const { status, ms, outcome, kind } = event;
  if (!status) return { words: outcome || t("result.none"), state: "bad" };
  const code = status >= 400 && codeOf(event.answer);
  if (code) return { words: String(code), state: "bad" };
  const words = t("result", { status, took: took(ms) });
  if (status < 400) return { words, state: kind === "webhook" ? "ok" : "" };
  return { words, state: status === 404 || status === 429 ? "wait" : "bad" };
}

function codeOf(answer) {
  try {
    const { code } = JSON.parse(answer);
    return code === 20404 || code === 20429 ? null : code;
  } catch {
    return null;
  }
}
