// A waveform as two paths of upright bars, 2 wide and 1.5 apart: what was played, and the rest.
const WIDTH = 172;
const HEIGHT = 28;
const STEP = 3.5;

export function bars(peaks, played) {
  const count = Math.floor(WIDTH / STEP);
  const paths = { before: "", after: "" };
  for (let bar = 0; bar < count; bar++) {
    const from = Math.floor((bar * peaks.length) / count);
    const tall = Math.max(0.5, Math.max(0, ...peaks.slice(from, Math.max(from + 1, ((bar + 1) * peaks.length) / count))) * (HEIGHT - 4));
    const x = bar * STEP + 1;
    paths[bar / count < played ? "before" : "after"] += `M${x} ${(HEIGHT - tall) / 2}v${tall.toFixed(1)}`;
  }
  return paths;
}
