import { Component, html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";
import { CallForm } from "./call-form.js";

export class PlaceCall extends Component {
  render(_, { asks = false }) {
    return html`
      <${Button} onClick=${() => this.setState({ asks: true })}><${Icon} name="call" /><span class="head-add">${t("call.place")}</span><//>
      ${asks && html`<${CallForm} onClose=${() => this.setState({ asks: false })} />`}
    `;
  }
}
