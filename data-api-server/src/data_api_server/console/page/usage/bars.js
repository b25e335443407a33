import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { monthName } from "./measures.js";

const [TOP, HEIGHT, FOOT, LEFT] = [18, 116, 24, 46];

// Past months have fill and edge; this one is blue, what it comes to is dashed, the budget is dashed amber.
export function Bars({ label, width, months, values, ahead, budget, scale, measure }) {
  const y = (value) => TOP + HEIGHT * (1 - value / scale.at(-1));
  const slot = (width - LEFT) / values.length;
  const thick = Math.max(4, Math.min(18, slot * 0.55));
  const every = Math.ceil(34 / slot); // months whose name fits
  const x = (place) => LEFT + slot * (place + 0.5);
  const last = values.length - 1;
  return html`
    <svg class="bars" width=${width} height=${TOP + HEIGHT + FOOT} role="img" aria-label=${label}>
      ${scale.map((one) => html`<g key=${one}>
        <line class="bars-rule" x1=${LEFT} x2=${width} y1=${y(one) + 0.5} y2=${y(one) + 0.5} />
        <text class="bars-tick" x=${LEFT - 8} y=${y(one) + 4}>${one && measure.tick(one)}</text></g>`)}
      ${ahead > values[last] && html`<path class="bars-ahead" d=${bar(x(last), y(ahead), y(values[last]), thick)} />`}
      ${values.map((value, place) => value > 0 && html`<path key=${place} class=${place === last ? "bars-now" : "bars-past"}
        d=${bar(x(place), Math.min(y(value), y(0) - 1), y(0), thick)}><title>${`${monthName(months[place].month)}: ${measure.say(value)}`}</title></path>`)}
      ${values.map((_, place) => (last - place) % every === 0 && html`<text key=${place} class="bars-month" data-now=${place === last}
        x=${x(place)} y=${TOP + HEIGHT + 17}>${monthName(months[place].month)}</text>`)}
      ${budget && html`<line class="bars-budget" x1=${LEFT} x2=${width} y1=${y(budget)} y2=${y(budget)} />
        <text class="bars-limit" x=${LEFT + 4} y=${y(budget) - 5}>${t("usage.budget", { amount: measure.tick(budget) })}</text>`}
    </svg>
  `;
}

// Its upper corners are round.
function bar(middle, top, bottom, thick) {
  const [left, right, round] = [middle - thick / 2, middle + thick / 2, Math.min(3, bottom - top)];
  return `M${left} ${bottom}V${top + round}Q${left} ${top} ${left + round} ${top}H${right - round}Q${right} ${top} ${right} ${top + round}V${bottom}Z`;
}
