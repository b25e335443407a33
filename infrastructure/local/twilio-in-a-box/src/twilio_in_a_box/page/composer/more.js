import { draft, sendDraft } from "../app/messages.js";
import { Component, html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Menu, MenuItem } from "../parts/menu.js";
import { ContactForm } from "./contact-form.js";
import { PlaceForm } from "./place-form.js";

// What is neither text, file nor voice.
export class More extends Component {
  forwarded = () => {
    const { number } = this.props;
    const { text = "", file } = draft(number);
    sendDraft(number, { text: text.trim() || (file ? "" : t("composer.forwarded.sample")), forwarded: "true" });
  };

  render({ number }, { asks = null }) {
    const close = () => this.setState({ asks: null });
    const ask = (shut, what) => () => (shut(), this.setState({ asks: what }));
    return html`
      <${Menu} class="icon-button" align="start" up name=${t("composer.more")} label=${html`<${Icon} name="plus" />`}>
        ${(shut) => html`
          <${MenuItem} onClick=${ask(shut, "place")}>${t("composer.place")}<//>
          <${MenuItem} onClick=${ask(shut, "contact")}>${t("composer.contact")}<//>
          <${MenuItem} onClick=${() => (shut(), this.forwarded())}>${t("composer.forwarded")}<//>
        `}
      <//>
      ${asks === "place" && html`<${PlaceForm} number=${number} onClose=${close} />`}
      ${asks === "contact" && html`<${ContactForm} number=${number} onClose=${close} />`}
    `;
  }
}
