import { html } from "../lib/html.js";
import { known, t } from "../lib/words.js";

const ONE = "M2 8.500l3.200 3.200L12 4.500";
const TWO = "M1 8.500l3.200 3.200L11 4.500M8.400 10.900l.8.800L16 4.500";
const CLOCK = "M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11ZM8 5v3.200l2 1.300";
const SHAPES = { sent: ONE, delivered: TWO, received: TWO, read: TWO };

// One: sent. Two: the other side has it. Blue: read. A clock until then. What the platform sends shows what it was told.
export function Ticks({ status = "", mine }) {
  if (!mine && !(status in SHAPES)) return null;
  const name = known(`status.${status}`) ? t(`status.${status}`) : status;
  return html`
    <svg class="ticks" data-status=${status} viewBox="0 0 17 16" width="17" height="16" role="img" aria-label=${name}>
      <title>${name}</title><path d=${SHAPES[status] ?? CLOCK} fill="none" stroke="currentColor" stroke-width="1.500" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  `;
}
