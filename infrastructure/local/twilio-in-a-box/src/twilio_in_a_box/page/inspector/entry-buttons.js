import { call } from "../lib/api.js";
import { Component, html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";

export class EntryButtons extends Component {
  again = () => this.done("open.sent", call("POST", `events/${this.props.event.id}/again`));

  curl = () => this.done("open.copied", call("GET", `events/${this.props.event.id}/curl`).then(({ curl }) => navigator.clipboard.writeText(curl)));

  async done(said, doing) {
    const told = await doing.then(() => said, () => "open.failed");
    this.setState({ told: t(told) });
  }

  render({ event, note }, { told = "" }) {
    return html`
      <div class="buttons">
        ${event.kind !== "request" && html`<${Button} onClick=${this.again}>${t("open.again")}<//>`}
        <${Button} onClick=${this.curl}>${t("open.curl")}<//>
        ${note && html`<a class="button" data-kind="quiet" href=${note} target="_blank" rel="noopener">${t("open.note")}</a>`}
        <span class="open-told" role="status">${told}</span>
      </div>
    `;
  }
}
