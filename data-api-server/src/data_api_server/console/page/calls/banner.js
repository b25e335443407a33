import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { StatusMark } from "../parts/status-mark.js";
import { Jump } from "./jump.js";
import { at, cause, escalated, startOf } from "./about.js";

// Why the call needs somebody else's help, with the sentences that show it. It is quiet again when the call recovers.
export function Banner({ call, onJump }) {
  const { open, closed } = escalated(call);
  const causes = (all) => [...new Set(all.map((one) => cause(one.content.cause)))].join(", ");
  const when = (one) => at(startOf(call, one.number));
  const shown = open.flatMap(({ content: { sentences = [], texts = [] } }) => sentences.map((number, place) => [number, texts[place]]));
  const once = [...new Map(shown)].sort(([one], [other]) => one - other);
  return html`
    <div role="status">
      ${open.length > 0 && html`
        <div class="call-banner"><${StatusMark} status="parked" plain />
          <div><p class="call-banner-title">${t("calls.escalated", { time: when(open.at(-1)), causes: causes(open) })}</p>
            <ul>${once.map(([number, text]) => html`<li key=${number}><${Jump} seconds=${startOf(call, number)} onJump=${() => onJump(number)} /> <q dir="auto">${text}</q></li>`)}</ul></div></div>`}
      ${!open.length && closed.length > 0 && html`
        <p class="call-calm"><${Icon} name="check" size="16" /><span>${t("calls.recovered", { time: when(closed.at(-1).by), causes: causes(closed) })}</span></p>`}
    </div>
  `;
}
