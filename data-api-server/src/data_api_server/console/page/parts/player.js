// One <audio> for the whole page: what plays in it, and where it is.
import { api } from "../lib/api.js";
import { signal } from "../lib/html.js";

export const RATES = [0.8, 1, 1.25, 1.5, 2];
const KEPT = "console.rate";
const STALE = 60_000; // milliseconds; an address that failed later than this may have expired

const audio = document.body.appendChild(new Audio());
let fetched = 0;

// `from` is the second that somebody asked for, `until` where it stops by itself.
export const player = signal({
  messageId: null, label: "", from: 0, at: 0, until: null, playing: false, duration: 0, failed: false,
  rate: RATES.find((one) => String(one) === localStorage.getItem(KEPT)) ?? 1,
});
const set = (values) => (player.value = { ...player.value, ...values });

export const recordingOf = (note) => note.artifacts.find((one) => ["audio", "video"].includes(one.file_type));

// Plays a note's recording from this second; what played before ends.
export async function playFrom({ messageId, at = 0, until = null, label = "", note = null }) {
  const other = messageId !== player.value.messageId || player.value.failed;
  if (other) audio.pause();
  set({ messageId, label, from: at, at, until, failed: false, ...(other ? { duration: 0, playing: false } : {}) });
  if (other && !(await load(messageId, note))) return;
  audio.currentTime = at;
  await audio.play().catch(() => {}); // the browser may want a press first: it stands at the second then
}

export const toggle = () => (audio.paused ? (set({ until: null }), audio.play().catch(() => {})) : audio.pause());
export const pause = () => audio.pause();

export function seek(at) {
  const { duration } = player.value;
  audio.currentTime = Math.max(0, duration ? Math.min(at, duration) : at);
  set({ at: audio.currentTime, from: at, until: null });
}

export function setRate(rate) {
  localStorage.setItem(KEPT, rate);
  audio.playbackRate = audio.defaultPlaybackRate = rate;
  set({ rate });
}

export const faster = (by) => setRate(RATES[Math.min(Math.max(RATES.indexOf(player.value.rate) + by, 0), RATES.length - 1)]);

// Forgets an erased recording.
export function forget(messageId) {
  if (player.value.messageId !== messageId) return;
  audio.pause();
  audio.removeAttribute("src");
  set({ messageId: null });
}

async function load(messageId, note) {
  const found = note ?? (await api.get(`v1/notes/${messageId}`).catch(() => null))?.data;
  const recording = found && recordingOf(found);
  if (player.value.messageId !== messageId) return false; // another one was pressed meanwhile
  if (!recording) return set({ failed: true }) && false;
  fetched = Date.now();
  audio.src = recording.url;
  setRate(player.value.rate);
  return true;
}

async function failed() {
  const { messageId, at, playing } = player.value;
  if (!messageId) return;
  if (Date.now() - fetched < STALE) return set({ failed: true, playing: false });
  if (!(await load(messageId))) return;
  audio.currentTime = at;
  if (playing) audio.play().catch(() => {});
}

function follow() {
  const { until, playing } = player.value;
  const at = audio.currentTime;
  if (until !== null && at >= until) audio.pause();
  if (at !== player.value.at && audio.readyState) set({ at });
  if (playing) requestAnimationFrame(follow);
}

audio.addEventListener("play", () => (set({ playing: true }), requestAnimationFrame(follow)));
audio.addEventListener("pause", () => set({ playing: false }));
audio.addEventListener("ended", () => set({ playing: false }));
audio.addEventListener("seeked", follow);
audio.addEventListener("durationchange", () => Number.isFinite(audio.duration) && set({ duration: audio.duration }));
audio.addEventListener("error", failed);
