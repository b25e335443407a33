import { act, isOver, putCallAway } from "../app/calls.js";
import { length, number } from "../lib/format.js";
import { Component, html } from "../lib/html.js";
import { state } from "../lib/state.js";
import { known, t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { CallLines } from "./call-lines.js";
import { CallSay } from "./call-say.js";
import { Keypad } from "./keypad.js";

// A call in a phone: how it is, what was said, and what its phone can do.
export class Call extends Component {
  componentDidMount() {
    this.timer = setInterval(() => this.setState({ now: Date.now() }), 1000);
  }

  componentWillUnmount() {
    clearInterval(this.timer);
  }

  render({ call }, { now = Date.now() }) {
    const over = isOver(call);
    const seconds = over ? call.seconds : (now - Date.parse(call.at)) / 1000;
    const doing = over ? `call.status.${call.status}` : `call.doing.${call.doing}`;
    return html`
      <div class="call-head">
        <p><b>${number(call.to)}</b> <span role="status">${known(doing) ? t(doing) : t("call.doing.other")}</span> <span class="call-time">${length(seconds)}</span></p>
        ${over ? html`<${Button} onClick=${() => putCallAway(call.phone)}>${t("call.back")}<//>`
          : html`<${Button} kind="final" onClick=${() => act(call, "hangup")}>${t("call.hangup")}<//>`}
      </div>
      ${call.hints && html`<p class="call-hints">${t("call.hints", { words: call.hints })}</p>`}
      <${CallLines} call=${call} />
      ${state.callProblems[call.phone] && html`<p class="composer-problem" role="alert">${state.callProblems[call.phone]}</p>`}
      ${!over && html`
        ${call.doing === "Dial" && html`<div class="call-rings"><p>${t("call.rings")}</p><div class="buttons">
          <${Button} kind="first" onClick=${() => act(call, "answer")}>${t("call.answer")}<//>
          <${Button} onClick=${() => act(call, "answer", { as: "busy" })}>${t("call.decline")}<//></div></div>`}
        <${Keypad} onKey=${(digits) => act(call, "keys", { digits })} />
        <${CallSay} call=${call} />
      `}
    `;
  }
}
