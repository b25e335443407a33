import { length } from "../lib/format.js";
import { html } from "../lib/html.js";
import { at, plays, seek, sound, toggle } from "../lib/sound.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { bars } from "./bars.js";

const MOVES = { ArrowLeft: -5, ArrowRight: 5, ArrowDown: -5, ArrowUp: 5, Home: -Infinity, End: Infinity };

// A voice message with its waveform, which is also where to play from.
export function Voice({ url }) {
  const known = sound(url);
  const { peaks = [], duration = 0, problem = false } = known ?? {};
  if (problem) return html`<p class="bubble-thing"><${Icon} name="mic" /><span>${t("media.silent")}</span></p>`;
  const now = Math.min(at(url), duration);
  const to = (second) => seek(url, Math.min(Math.max(second, 0), duration));
  const onKeyDown = (event) => {
    if (event.key === " ") toggle(url);
    else if (event.key in MOVES) to(now + MOVES[event.key]);
    else return;
    event.preventDefault();
  };
  const onClick = (event) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    to(((event.clientX - left) / width) * duration);
  };
  const { before, after } = bars(peaks, duration ? now / duration : 0);
  return html`
    <div class="voice">
      <button type="button" class="voice-play" aria-label=${t(plays(url) ? "voice.pause" : "voice.play")} onClick=${() => toggle(url)}>
        <${Icon} name=${plays(url) ? "pause" : "play"} size=${16} />
      </button>
      <div class="voice-wave" role="slider" tabindex="0" aria-label=${t("voice.place")} aria-valuemin="0" aria-valuemax=${Math.round(duration)}
        aria-valuenow=${Math.round(now)} aria-valuetext=${t("voice.of", { at: length(now), duration: length(duration) })} onKeyDown=${onKeyDown} onClick=${onClick}>
        <svg viewBox="0 0 172 28" preserveAspectRatio="none" aria-hidden="true"><path class="voice-played" d=${before} /><path class="voice-rest" d=${after} /></svg>
      </div>
      <span class="voice-time">${known ? length(now || duration) : ""}</span>
    </div>
  `;
}
