import { clock } from "../lib/format.js";
import { html } from "../lib/html.js";
import { state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";
import { connect } from "./connection.js";

// The box ended, or this machine slept.
export function Lost() {
  return html`
    <div class="lost" role="alert">
      <${Icon} name="offline" />
      <p><b>${t("lost.title", { time: clock(state.lostSince) })}</b> ${t("lost.text")}</p>
      <${Button} onClick=${connect}>${t("lost.now")}<//>
    </div>
  `;
}
