import { Component, html } from "../lib/html.js";
import { t } from "../lib/words.js";

const KEYS = [..."123456789*0#"];

export class Keypad extends Component {
  render({ onKey }, { open = false }) {
    return html`
      <div class="keypad">
        <button type="button" class="link" aria-expanded=${open ? "true" : "false"} onClick=${() => this.setState({ open: !open })}>${t("call.keypad")}</button>
        ${open && html`<div class="keypad-keys" role="group" aria-label=${t("call.keypad")}>
          ${KEYS.map((key) => html`<button type="button" class="button" key=${key} onClick=${() => onKey(key)}>${key}</button>`)}
        </div>`}
      </div>
    `;
  }
}
