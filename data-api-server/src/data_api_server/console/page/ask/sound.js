// The recording of a source, played from the second that is cited. There is one <audio> for all sources.
import { api } from "../lib/api.js";
import { signal } from "../lib/html.js";

const audio = new Audio();
audio.preload = "metadata";
audio.hidden = true;

// The citation's key, seconds, and whether the sound can not be had.
export const sound = signal({ key: null, playing: false, at: 0, length: 0, lost: false });

let loaded = null; // { id, fresh }

export const keyOf = ({ message_id: id, start, quote }) => `${id} ${start} ${quote}`;

const update = () =>
  (sound.value = { ...sound.value, playing: !audio.paused && !audio.ended, at: audio.currentTime, length: audio.duration || 0 });
for (const event of ["play", "pause", "timeupdate", "seeked", "loadedmetadata", "ended"]) audio.addEventListener(event, update);

// A URL works for some minutes only. The note has a new one.
audio.addEventListener("error", async () => {
  if (!loaded || loaded.fresh) return void (sound.value = { ...sound.value, playing: false, lost: true });
  const { id } = (loaded = { ...loaded, fresh: true });
  const note = await api.get(`v1/notes/${id}`).then(({ data }) => data, () => null);
  const url = note?.artifacts.find((one) => one.file_type === "audio")?.url;
  if (url && loaded?.id === id) start(url, sound.value.at);
  else sound.value = { ...sound.value, playing: false, lost: true };
});

function start(url, at) {
  audio.src = url.split("#")[0];
  seek(at);
  audio.play().catch(() => {}); // the browser forbids it, or "error" says why
}

export function play(citation) {
  if (!audio.isConnected) document.body.append(audio);
  sound.value = { key: keyOf(citation), playing: true, at: citation.start, length: sound.value.length, lost: false };
  if (loaded?.id === citation.message_id && !audio.error) {
    seek(citation.start);
    audio.play().catch(() => {});
  } else {
    loaded = { id: citation.message_id, fresh: false };
    start(citation.audio_url, citation.start);
  }
}

export function seek(at) {
  audio.currentTime = Math.max(0, at);
  sound.value = { ...sound.value, at: Math.max(0, at) };
}

export const pause = () => audio.pause();
export const toggle = () => (audio.paused ? audio.play().catch(() => {}) : audio.pause());
