import { length } from "../lib/format.js";
import { Component, html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Button } from "../parts/button.js";
import { record } from "./record.js";

// While the microphone records: how long, and keep or throw away.
export class Recording extends Component {
  async componentDidMount() {
    try {
      this.running = await record();
    } catch {
      return this.setState({ problem: true });
    }
    if (this.left) return void this.running.stop();
    this.began = Date.now();
    this.timer = setInterval(() => this.setState({ seconds: (Date.now() - this.began) / 1000 }), 200);
    return this.setState({ seconds: 0 });
  }

  componentWillUnmount() {
    this.left = true;
    clearInterval(this.timer);
    this.running?.stop();
  }

  end = async (keep) => {
    const file = await this.running?.stop();
    this.props.onDone(keep ? file : null);
  };

  render(_, { seconds = null, problem = false }) {
    if (problem) return html`<div class="composer recording"><p role="alert">${t("record.none")}</p><${Button} kind="quiet" onClick=${() => this.props.onDone(null)}>${t("close")}<//></div>`;
    return html`
      <div class="composer recording" role="group" aria-label=${t("record")} onKeyDown=${(event) => event.key === "Escape" && this.end(false)}>
        <span class="recording-dot" aria-hidden="true"></span>
        <p><span role="status">${t(seconds === null ? "record.asks" : "record")}</span> <span class="recording-time">${length(seconds ?? 0)}</span></p>
        <${Button} kind="quiet" onClick=${() => this.end(false)}>${t("record.away")}<//>
        <button type="button" class="composer-go" aria-label=${t("record.send")} disabled=${seconds === null} ref=${(one) => one?.focus()} onClick=${() => this.end(true)}><${Icon} name="send" /></button>
      </div>
    `;
  }
}
