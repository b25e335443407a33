import { time } from "../lib/format.js";
import { html } from "../lib/html.js";
import { known, t } from "../lib/words.js";
import { Ticks } from "./ticks.js";

// When, how far it got, and why not.
export function Foot({ bubble }) {
  const { error, error_text: text = "" } = bubble;
  return html`
    <p class="bubble-foot">
      <time dateTime=${bubble.at}>${time(bubble.at)}</time>
      ${error ? html`<b class="bubble-failed"><span aria-hidden="true">!</span>${t("talk.not-delivered")}</b>` : html`<${Ticks} status=${bubble.status} mine=${bubble.direction === "in"} />`}
    </p>
    ${error && html`<p class="bubble-error">${error}: ${known(`error.${error}`) ? t(`error.${error}`) : text || t("error.other")}</p>`}
  `;
}
