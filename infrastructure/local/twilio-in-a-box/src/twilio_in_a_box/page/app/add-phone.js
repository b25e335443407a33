import { Component, html } from "../lib/html.js";
import { number } from "../lib/format.js";
import { state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Menu, MenuItem } from "../parts/menu.js";
import { NewPhone } from "./new-phone.js";
import { show } from "./phones.js";

// A phone that is there already and not shown, or a new one.
export class AddPhone extends Component {
  render(_, { asks = false }) {
    const away = state.phones.filter((one) => !state.shown.includes(one.number));
    const label = html`<${Icon} name="plus" /><span class="head-add">${t("head.add")}</span>`;
    return html`
      <${Menu} label=${label}>
        ${(close) => html`
          ${away.map((one) => html`
            <${MenuItem} key=${one.number} note=${one.about} onClick=${() => (close(), show(one.number))}>${one.name || number(one.number)}<//>
          `)}
          <${MenuItem} onClick=${() => (close(), this.setState({ asks: true }))}>${t("phones.new")}<//>
        `}
      <//>
      ${asks && html`<${NewPhone} onClose=${() => this.setState({ asks: false })} />`}
    `;
  }
}
