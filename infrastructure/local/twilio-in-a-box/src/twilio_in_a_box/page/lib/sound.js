// A recording: how long it is, how loud it is over its length, and the one that plays now.
import { change } from "./state.js";

const BARS = 200;
const read = new Map();

// { peaks, duration }, or a `problem` if it is gone or this browser can not decode it; undefined until it is read.
export function sound(url) {
  if (!read.has(url)) {
    read.set(url, undefined);
    load(url).then((one) => (read.set(url, one), change({})), () => (read.set(url, { problem: true }), change({})));
  }
  return read.get(url);
}

async function load(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(String(answer.status));
  const decoded = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(await answer.arrayBuffer());
  return { peaks: peaksOf(decoded.getChannelData(0)), duration: decoded.duration };
}

// 0 to 1, the loudest is 1
function peaksOf(samples) {
  const step = Math.max(1, Math.floor(samples.length / BARS));
  const peaks = [];
  for (let start = 0; start + step <= samples.length && peaks.length < BARS; start += step) {
    let most = 0;
    for (let at = start; at < start + step; at += 4) most = Math.max(most, Math.abs(samples[at]));
    peaks.push(most);
  }
  const loudest = Math.max(...peaks, 0.02);
  return peaks.map((one) => one / loudest);
}

export const player = { url: null, audio: null };

export const at = (url) => (player.url === url ? player.audio.currentTime : 0);
export const plays = (url) => player.url === url && !player.audio.paused;

export function toggle(url) {
  if (plays(url)) return player.audio.pause();
  return open(url).play().catch(() => {});
}

export function seek(url, second) {
  open(url).currentTime = second;
  change({});
}

function open(url) {
  if (player.url === url) return player.audio;
  player.audio?.pause();
  const audio = new Audio(url);
  for (const event of ["play", "pause", "timeupdate", "seeked"]) audio.addEventListener(event, () => change({}));
  audio.addEventListener("ended", () => (audio.currentTime = 0));
  Object.assign(player, { url, audio });
  return audio;
}
