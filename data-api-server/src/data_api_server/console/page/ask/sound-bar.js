import { length } from "../lib/format.js";
import { html, useEffect, useRef } from "../lib/html.js";
import { t } from "../lib/words.js";
import { pause, play, seek, sound, toggle } from "./sound.js";

const STEP = 5; // seconds

// Play and pause, 5 seconds back and on, and where the quote is.
export function SoundBar({ citation }) {
  const { at, length: all, playing, lost } = sound.value;
  const track = useRef(null);
  useEffect(() => {
    const share = (seconds) => (all ? Math.min(seconds / all, 1) : 0);
    for (const [name, value] of [["at", at], ["begin", citation.start], ["end", citation.end]]) track.current?.style.setProperty(`--${name}`, share(value));
  });
  if (lost) return html`<p class="sound-lost" role="alert">${t("source.lost")}</p>`;
  const press = () => (at >= all && all ? play(citation) : playing ? pause() : toggle());
  return html`
    <div class="sound">
      <div class="sound-track" ref=${track}><span class="sound-quote"></span><span class="sound-played"></span>
        <input type="range" min="0" max=${Math.ceil(all) || 1} step="0.1" value=${at} aria-label=${t("source.place")}
          aria-valuetext=${t("source.of", { at: length(at), length: length(all) })} onInput=${(event) => seek(Number(event.target.value))} /></div>
      <div class="sound-acts">
        <button type="button" class="icon-button" aria-label=${t("source.back")} onClick=${() => seek(at - STEP)}><${Turn} /></button>
        <button type="button" class="sound-play" aria-label=${t(playing ? "source.stop" : "source.go")} onClick=${press}>
          <svg viewBox="0 0 10 10" width="16" height="16" aria-hidden="true"><path d=${playing ? "M1.600 1h2.400v8H1.600zM6 1h2.400v8H6z" : "M2 .8v8.400L9.200 5Z"} fill="currentColor" /></svg>
        </button>
        <button type="button" class="icon-button sound-on" aria-label=${t("source.on")} onClick=${() => seek(Math.min(at + STEP, all))}><${Turn} /></button>
        <span class="sound-time"><b>${length(at)}</b> / ${all ? length(all) : "–"}</span>
      </div>
    </div>
  `;
}

const Turn = () => html`
  <svg viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.500" stroke-linecap="round" aria-hidden="true">
    <path d="M5 6.200A6.500 6.500 0 1 1 3.600 11M4.500 2.800v3.700h3.700" /><text class="sound-five" x="10.200" y="12.800">5</text></svg>
`;
