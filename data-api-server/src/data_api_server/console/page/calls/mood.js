import { length } from "../lib/format.js";
import { html, useEffect, useRef, useState } from "../lib/html.js";
import { session } from "../lib/session.js";
import { t } from "../lib/words.js";

const [TOP, LOW, AXIS, HEIGHT] = [8, 86, 102, 108]; // pixels
const [LEFT, RIGHT] = [72, 12];
const STEPS = [5, 10, 30, 60, 120, 300, 600, 1800, 3600]; // seconds between two times below the line
const MOST_TIMES = 7;
const USUAL = -0.4;

// The customer's mood as a line, with the threshold below which a call is escalated. `felt` are { at, value } from -1 to 1.
export function Mood({ felt, raised, until = 0, least = 60 }) {
  const box = useRef(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const below = session.value.calls?.escalates_below ?? USUAL;
  const ends = Math.max(least, until * 1.06);
  const x = (seconds) => LEFT + (seconds / ends) * (width - LEFT - RIGHT);
  const y = (value) => TOP + ((1 - value) / 2) * (LOW - TOP);
  const step = STEPS.find((one) => ends / one <= MOST_TIMES) ?? STEPS.at(-1);
  const times = Array.from({ length: Math.floor(ends / step) }, (_, place) => (place + 1) * step).filter((one) => x(one) < width - 20);
  const last = felt.at(-1);
  const now = last && t(`calls.mood.${last.value < below ? "upset" : last.value > 0.3 ? "pleased" : "even"}`);
  const told = last ? t("calls.mood.told", { now, time: length(last.at) }) : t("calls.mood.none");
  const mark = raised.at(-1);
  const end = mark > ends / 2;
  return html`
    <div class="mood" ref=${box} hidden=${!felt.length && !raised.length}>
      ${width > 0 && html`<svg width=${width} height=${HEIGHT} role="img" aria-label=${[told, mark !== undefined && t("calls.mood.escalated", { time: length(mark) })].filter(Boolean).join(". ")}>
        <rect class="mood-low" x=${LEFT} y=${y(below)} width=${width - LEFT - RIGHT} height=${LOW - y(below)} />
        ${["pleased", "even", "upset"].map((one, place) => html`<text key=${one} x="0" y=${y(1 - place) + [8, 4, 0][place]}>${t(`calls.mood.${one}`)}</text>`)}
        <path class="mood-even" d="M${LEFT} ${y(0)}H${width - RIGHT}" /><path class="mood-below" d="M${LEFT} ${y(below)}H${width - RIGHT}" />
        ${times.map((one) => html`<text key=${one} class="mood-time" x=${x(one)} y=${AXIS}>${length(one)}</text>`)}
        <polyline class="mood-line" points=${felt.map((one) => `${x(one.at)},${y(one.value)}`).join(" ")} />
        ${felt.map((one) => html`<circle key=${one.at} class="mood-point" data-low=${one === last && one.value < below} cx=${x(one.at)} cy=${y(one.value)} r=${one === last ? 4 : 2.5} />`)}
        ${raised.map((one) => html`<path key=${one} class="mood-raised" d="M${x(one)} ${one === mark ? TOP - 6 : TOP + 10}V${LOW + 4}" />`)}
        ${mark !== undefined && html`<text class="mood-told" data-end=${end} x=${x(mark) + (end ? -6 : 6)} y=${TOP + 4}>${t("calls.mood.escalated", { time: length(mark) })}</text>`}
      </svg>`}
    </div>
  `;
}
