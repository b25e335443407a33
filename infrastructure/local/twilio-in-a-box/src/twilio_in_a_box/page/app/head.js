import { html } from "../lib/html.js";
import { state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { PlaceCall } from "../calls/place-call.js";
import { Icon } from "../parts/icon.js";
import { AddPhone } from "./add-phone.js";

export function Head() {
  return html`
    <header class="head">
      <${Icon} name="logo" size=${24} />
      <b>${t("head.title")}</b>
      <p class="head-about">${t("head.about")}</p>
      ${state.links.console && html`<a class="button" data-kind="quiet" href=${state.links.console} target="_blank" rel="noopener">${t("head.console")}</a>`}
      <${PlaceCall} />
      <${AddPhone} />
    </header>
  `;
}
