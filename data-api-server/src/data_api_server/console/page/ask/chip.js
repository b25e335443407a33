import { length, time } from "../lib/format.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { keyOf, sound } from "./sound.js";

const PLAY = "M2 1.2v7.6L9 5Z";
const PAUSE = "M1.600 1h2.400v8H1.600zM6 1h2.400v8H6z";
const WROTE = "M.8 2h3.200v3.300L2.300 8H1l1-2.700H.8zM5.400 2h3.200v3.300L6.900 8H5.600l1-2.700H5.400z";

// A source: a button that plays from the cited second, or shows what was written.
export function Chip({ citation, chosen, onPress }) {
  const { sender_name: name, start, received_at: at, audio_url: url } = citation;
  const wrote = start === null;
  if (!wrote && !url) return html`<span class="source-chip" data-kind="erased">${t("source.erased", { name })}</span>`;
  const playing = sound.value.playing && sound.value.key === keyOf(citation);
  const when = wrote ? time(at) : length(start);
  const label = t(wrote ? "source.show" : playing ? "source.pause" : "source.play", { name, time: when });
  return html`
    <button type="button" class="source-chip" data-kind=${wrote ? "written" : "said"} data-playing=${playing} aria-label=${label}
      aria-pressed=${chosen} onClick=${() => onPress(citation)}>
      <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><path d=${wrote ? WROTE : playing ? PAUSE : PLAY} fill="currentColor" /></svg>
      <span>${name} · ${wrote ? t("source.written", { time: when }) : when}</span>
    </button>
  `;
}
