import { html, useEffect, useRef } from "../lib/html.js";

const STEP = 4; // pixels: a bar and the gap behind it

// How loud the last seconds were: a bar ten times a second.
export function Level({ level, paused }) {
  const canvas = useRef(null);
  const bars = useRef([]);
  useEffect(() => {
    const timer = setInterval(() => paused || draw(canvas.current, bars.current, level()), 100);
    return () => clearInterval(timer);
  }, [paused]);
  return html`<canvas class="upload-level" ref=${canvas} width="600" height="96" aria-hidden="true"></canvas>`;
}

function draw(canvas, bars, loud) {
  const context = canvas.getContext("2d");
  const { width, height } = canvas;
  bars.push(loud);
  bars.splice(0, bars.length - width / (2 * STEP));
  context.clearRect(0, 0, width, height);
  context.fillStyle = getComputedStyle(canvas).color;
  bars.forEach((value, place) => {
    const tall = Math.max(4, Math.min(1, value * 1.6) * height);
    context.fillRect(place * 2 * STEP, (height - tall) / 2, STEP, tall);
  });
}
