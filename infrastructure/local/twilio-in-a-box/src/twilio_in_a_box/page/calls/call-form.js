import { place } from "../app/calls.js";
import { wrong } from "../app/messages.js";
import { show } from "../app/phones.js";
import { number } from "../lib/format.js";
import { Component, html } from "../lib/html.js";
import { state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Choice } from "../parts/choice.js";
import { Sheet } from "../parts/sheet.js";

const FAULTS = { fine: {}, mixed: { out_of_order: true }, twice: { duplicated: true }, gap: { missing: [3] }, never: { never_started: true } };
const AGENTS = { "answered": "answered", "by-hand": "by hand", "busy": "busy", "no-answer": "no-answer" };
const STIR = { none: "", full: "TN-Validation-Passed-A", partly: "TN-Validation-Passed-B", failed: "TN-Validation-Failed-C" };

// Who calls whom, how the caller is known, what the other phone does, and what goes wrong.
export class CallForm extends Component {
  submit = async (event) => {
    event.preventDefault();
    const { phone, to, from, agent, faults } = Object.fromEntries(new FormData(event.target));
    const sender = from === "whatsapp" ? { from: `whatsapp:${phone}` } : { from: phone, stir: STIR[from] };
    try {
      if (!state.shown.includes(phone)) await show(phone);
      this.props.onClose();
      await place(phone, { ...sender, to, agents: { "*": AGENTS[agent] }, transcription: FAULTS[faults] });
    } catch (problem) {
      this.setState({ problem: wrong(problem) });
    }
  };

  render({ onClose }, { problem = "" }) {
    const { phones, numbers, shown } = state;
    const named = (one) => [one.number, one.name || number(one.number)];
    return html`
      <${Sheet} title=${t("call.place")} onClose=${onClose}>
        ${numbers.length === 0 ? html`<p class="call-none">${t("call.nowhere")}</p>` : html`
          <form class="form" onSubmit=${this.submit}>
            <${Choice} name="phone" label=${t("call.who")} options=${phones.map(named)} value=${shown[0]} />
            <${Choice} name="to" label=${t("call.to")} options=${numbers.map((one) => [one.number, one.label ? `${one.label} · ${number(one.number)}` : number(one.number)])} />
            <${Choice} name="from" label=${t("call.from")} options=${[...Object.keys(STIR), "whatsapp"].map((one) => [one, t(`call.from.${one}`)])} />
            <${Choice} name="agent" label=${t("call.agent")} options=${Object.keys(AGENTS).map((one) => [one, t(`call.agent.${one}`)])} />
            <${Choice} name="faults" label=${t("call.faults")} options=${Object.keys(FAULTS).map((one) => [one, t(`call.faults.${one}`)])} />
            ${problem && html`<p class="field-problem" role="alert">${problem}</p>`}
            <div class="buttons"><${Button} kind="first" type="submit">${t("call.go")}<//><${Button} kind="quiet" onClick=${onClose}>${t("cancel")}<//></div>
          </form>
        `}
      <//>
    `;
  }
}
