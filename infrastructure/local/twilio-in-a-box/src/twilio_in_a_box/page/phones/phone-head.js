import { forget } from "../app/messages.js";
import { putAway, remove } from "../app/phones.js";
import { initials, number } from "../lib/format.js";
import { Component, html } from "../lib/html.js";
import { change, state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";
import { Menu, MenuItem } from "../parts/menu.js";

export class PhoneHead extends Component {
  sure = async () => {
    const { phone } = this.props;
    const does = this.state.asks === "remove" ? remove : forget;
    this.setState({ asks: null });
    await does(phone.number).catch(() => change({ said: t("send.no-answer") }));
  };

  render({ phone }, { asks = null }) {
    const ask = (close, what) => () => (close(), this.setState({ asks: what }));
    const wrong = () => change({ goesWrong: phone.number, view: "switches" });
    return html`
      <header class="phone-head">
        <span class="phone-face" aria-hidden="true">${initials(phone.name || "?")}</span>
        <div class="phone-who"><h2>${phone.name || t("phones.unnamed")}</h2><p>${number(phone.number)}${phone.about && ` · ${phone.about}`}</p></div>
        <${Menu} class="icon-button" name=${t("phone.menu", { name: phone.name || phone.number })} label=${html`<${Icon} name="more" />`}>
          ${(close) => html`
            <${MenuItem} onClick=${() => (close(false), wrong())}>${t("phone.wrong")}<//>
            <${MenuItem} onClick=${() => (close(false), putAway(phone.number))}>${t("phone.away")}<//>
            <${MenuItem} onClick=${ask(close, "forget")}>${t("phone.forget")}<//>
            <${MenuItem} onClick=${ask(close, "remove")}>${t("phone.remove")}<//>
          `}
        <//>
      </header>
      ${asks && html`
        <div class="phone-asks" role="group" aria-label=${t(`phone.${asks}.title`)} onKeyDown=${(event) => event.key === "Escape" && this.setState({ asks: null })}>
          <p>${t(`phone.${asks}.title`)} ${t(`phone.${asks}.text`)}</p>
          <div class="buttons">
            <${Button} kind="final" onClick=${this.sure}>${t(`phone.${asks}`)}<//>
            <button type="button" class="button" ref=${(one) => one?.focus()} onClick=${() => this.setState({ asks: null })}>${t("keep")}</button>
          </div>
        </div>
      `}
    `;
  }
}
