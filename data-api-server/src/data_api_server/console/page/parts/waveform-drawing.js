// Draws a waveform: bars 2 px wide, 1.5 apart; quotes behind them, what is unsure as a wavy line below.
const BAR = 2;
const STEP = 3.5;
const FOOT = 10; // room for the wavy line

export function draw(canvas, { peaks, duration, at, quotes, unsure }) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = devicePixelRatio || 1;
  Object.assign(canvas, { width: width * scale, height: height * scale });
  const pen = canvas.getContext("2d");
  const colour = (name) => getComputedStyle(canvas).getPropertyValue(`--${name}`);
  const x = (second) => (duration ? (second / duration) * width : 0);
  pen.scale(scale, scale);
  pen.fillStyle = colour("mark");
  for (const [start, end] of quotes) pen.fillRect(x(start), 0, Math.max(x(end) - x(start), 3), height - FOOT);
  bars(pen, peaks, width, height - FOOT, x(at), [colour("voice"), colour("edge")]);
  pen.strokeStyle = colour("wait");
  pen.lineWidth = 1.5;
  for (const [start, end] of unsure) wave(pen, x(start), Math.max(x(end), x(start) + 8), height - 4);
}

function bars(pen, peaks, width, height, played, [before, after]) {
  const count = Math.floor((width + STEP - BAR) / STEP);
  for (let bar = 0; bar < count; bar++) {
    const first = Math.floor((bar * peaks.length) / count);
    const part = peaks.slice(first, Math.max(first + 1, Math.floor(((bar + 1) * peaks.length) / count)));
    const tall = Math.max(BAR, (Math.max(0, ...part) / 255) * height);
    pen.fillStyle = bar * STEP < played ? before : after;
    pen.beginPath();
    pen.roundRect(bar * STEP, (height - tall) / 2, BAR, tall, 1);
    pen.fill();
  }
}

function wave(pen, start, end, y) {
  pen.beginPath();
  pen.moveTo(start, y);
  for (let x = start, up = true; x + 3 <= end; x += 3, up = !up) pen.lineTo(x + 3, up ? y - 3 : y);
  pen.stroke();
}
