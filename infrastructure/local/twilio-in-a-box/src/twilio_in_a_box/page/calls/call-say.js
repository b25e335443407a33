import { act } from "../app/calls.js";
import { Recording } from "../composer/recording.js";
import { Component, html } from "../lib/html.js";
import { state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { toWav } from "../lib/wav.js";
import { Icon } from "../parts/icon.js";

// Speaks in a call, as text or by the microphone. A recording is understood as the words beside it.
export class CallSay extends Component {
  say = async (more = {}) => {
    const { text = "", side = "caller" } = this.state;
    if (!text.trim() && !more.audio) return;
    this.setState({ text: "" });
    const went = await act(this.props.call, "say", { text: text.trim(), side: this.isBridged() ? side : "caller", ...more });
    if (!went) this.setState({ text });
  };

  recorded = async (file) => {
    this.setState({ records: false });
    if (file) await this.say({ audio: await toWav(file) });
  };

  isBridged = () => this.props.call.doing === "bridged";

  render({ call }, { text = "", side = "caller", records = false }) {
    if (records) return html`<${Recording} onDone=${this.recorded} />`;
    const label = t(this.isBridged() && side === "agent" ? "call.say.agent" : "call.say");
    return html`
      ${this.isBridged() && html`<div class="call-sides" role="group" aria-label=${t("call.sides")}>
        ${["caller", "agent"].map((one) => html`<button type="button" class="chip" key=${one} aria-pressed=${side === one ? "true" : "false"} onClick=${() => this.setState({ side: one })}>${t(`call.who.${one}`)}</button>`)}
        <button type="button" class="link" onClick=${() => act(call, "hangup", { side: "agent" })}>${t("call.hangup.agent")}</button>
      </div>`}
      <form class="composer" onSubmit=${(event) => (event.preventDefault(), this.say())}>
        <input class="call-text" autocomplete="off" aria-label=${label} placeholder=${label} value=${text} onInput=${(event) => this.setState({ text: event.target.value })} />
        <button type="button" class="icon-button" aria-label=${t(state.recognises ? "call.microphone" : "call.microphone.text")} onClick=${() => this.setState({ records: true })}><${Icon} name="mic" /></button>
        <button type="submit" class="composer-go" aria-label=${t("call.speak")} disabled=${!text.trim()}><${Icon} name="send" /></button>
      </form>
    `;
  }
}
