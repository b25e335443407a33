import { Component, html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Field } from "../parts/field.js";
import { Sheet } from "../parts/sheet.js";
import { wrong } from "./messages.js";
import { add, show } from "./phones.js";

const NUMBER = /^\+\d{7,15}$/;

export class NewPhone extends Component {
  submit = async (event) => {
    event.preventDefault();
    const { number: typed, name, external_id } = Object.fromEntries(new FormData(event.target));
    const number = typed.replace(/[\s()-]/g, "");
    if (!NUMBER.test(number)) return this.setState({ problem: t("phones.new.number.problem") });
    try {
      const made = await add({ number, name: name.trim(), ...(external_id && { external_id: external_id.trim() }) });
      this.props.onClose();
      return await show(made);
    } catch (problem) {
      return this.setState({ problem: wrong(problem) });
    }
  };

  render({ onClose }, { problem = "" }) {
    return html`
      <${Sheet} title=${t("phones.new")} onClose=${onClose}>
        <form class="form" onSubmit=${this.submit} novalidate>
          <${Field} name="number" label=${t("phones.new.number")} hint=${t("phones.new.number.hint")} problem=${problem} inputmode="tel" />
          <${Field} name="name" label=${t("phones.new.name")} />
          <${Field} name="external_id" label=${t("phones.new.hidden")} hint=${t("phones.new.hidden.hint")} />
          <div class="buttons"><${Button} kind="first" type="submit">${t("head.add")}<//><${Button} kind="quiet" onClick=${onClose}>${t("cancel")}<//></div>
        </form>
      <//>
    `;
  }
}
