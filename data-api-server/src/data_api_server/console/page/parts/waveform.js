import { length } from "../lib/format.js";
import { html, useEffect, useRef, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { draw } from "./waveform-drawing.js";

const MOVES = { ArrowLeft: -5, ArrowRight: 5, ArrowDown: -5, ArrowUp: 5, PageDown: -30, PageUp: 30, Home: -Infinity, End: Infinity };

// A recording as a slider, drawn from its peaks before it is loaded. `quotes` and `unsure` are pairs of seconds.
export function Waveform({ peaks, duration, at, quotes = [], unsure = [], onSeek, onToggle }) {
  const canvas = useRef(null);
  const drawn = useRef();
  const [, again] = useState(0);
  drawn.current = () => draw(canvas.current, { peaks, duration, at, quotes, unsure });
  useEffect(() => drawn.current());
  useEffect(() => {
    const redraw = () => again((before) => before + 1);
    const sized = new ResizeObserver(redraw);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    sized.observe(canvas.current);
    dark.addEventListener("change", redraw);
    return () => (sized.disconnect(), dark.removeEventListener("change", redraw));
  }, []);
  const to = (second) => onSeek(Math.min(Math.max(second, 0), duration));
  const pressed = (event) => {
    if (event.type === "pointerdown") event.currentTarget.setPointerCapture(event.pointerId);
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { left, width } = canvas.current.getBoundingClientRect();
    to(((event.clientX - left) / width) * duration);
  };
  const onKeyDown = (event) => {
    if (event.key === " ") onToggle?.();
    else if (event.key in MOVES) to(at + MOVES[event.key]);
    else return;
    event.preventDefault();
  };
  const place = `${duration ? (Math.min(at, duration) / duration) * 100 : 0}%`;
  return html`
    <div class="wave" role="slider" tabindex="0" aria-label=${t("player.place")} aria-valuemin="0" aria-valuemax=${Math.round(duration)}
      aria-valuenow=${Math.round(at)} aria-valuetext=${t("player.of", { at: length(at), duration: length(duration) })}
      onKeyDown=${onKeyDown} onPointerDown=${pressed} onPointerMove=${pressed}>
      <canvas ref=${canvas}></canvas>
      <span class="wave-head" style=${{ left: place }} data-early=${at < duration * 0.04} data-late=${at > duration * 0.96}><b>${length(at)}</b></span>
    </div>
  `;
}
