// Three or four round steps from zero up to at least `most`, in a unit: [0, 20, 40, 60].
const ROUND = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

export function scale(most, unit = 1, least = 3) {
  const rough = Math.max(most / unit, least) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = ROUND.find((one) => one * power >= rough - 1e-9 && (unit === 1 || Number.isInteger(one * power * 2)));
  const step = factor * power * unit;
  return [0, step, 2 * step, 3 * step];
}
