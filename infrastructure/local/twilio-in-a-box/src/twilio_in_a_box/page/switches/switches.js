import { forEveryone, forNext, forPhone, isOn, normal } from "../app/switching.js";
import { html } from "../lib/html.js";
import { change, state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Switch } from "./switch.js";

const FOR_A_PHONE = ["window_over", "blocked", "slow", "media_late"];
const FOR_THE_NEXT = ["lost", "twice"];

// What goes wrong, by its reach: one phone, the next message, everyone.
export function Switches() {
  const { goesWrong: number, phones, shown, switches } = state;
  const may = phones.filter((one) => shown.includes(one.number));
  return html`
    <section class="switches" aria-labelledby="switches-title">
      <h2 id="switches-title">${t("switches.title")}</h2>
      ${number && html`
        <p class="switches-for"><label for="switches-phone">${t("switches.for")}</label>
          <select id="switches-phone" value=${number} onChange=${(event) => change({ goesWrong: event.target.value })}>
            ${may.map((one) => html`<option key=${one.number} value=${one.number} selected=${one.number === number}>${one.name || one.number}</option>`)}
          </select></p>
        ${FOR_A_PHONE.map((name) => html`<${Switch} key=${name} id=${name} label=${t(`switch.${name}`)} hint=${t(`switch.${name}.hint`)}
          on=${isOn(number, name)} onTurn=${(on) => forPhone(number, name, on)} />`)}
      `}
      <h3>${t("switches.next")}</h3>
      ${FOR_THE_NEXT.map((name) => html`<${Switch} key=${name} id=${name} label=${t(`switch.${name}`)} hint=${t(`switch.${name}.hint`)}
        on=${Boolean(switches.next[name])} onTurn=${(on) => forNext(name, on)} />`)}
      ${switches.everyone.length > 0 && html`
        <h3>${t("switches.everyone")}</h3>
        ${switches.everyone.map((one) => html`<${Switch} key=${one.id} id=${one.id} label=${one.label} hint=${one.hint} on=${one.on}
          disabled=${one.enabled === false} onTurn=${(on) => forEveryone(one.id, on)} />`)}
      `}
      <div class="switches-end"><${Button} onClick=${normal}>${t("switches.normal")}<//></div>
    </section>
  `;
}
