import { html, useId } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";

const MOST = 5;

// The API knows a field by a name of its own: it stays, whatever the label becomes.
export function named(fields) {
  const free = ["a", "b", "c", "d", "e"].filter((name) => !fields.some((one) => one.name === name));
  return fields.filter((one) => one.label.trim()).map((one) => ({ ...one, name: one.name || free.shift(), label: one.label.trim() }));
}

// What is asked for each time.
export function Fields({ fields, onFields }) {
  const id = useId();
  const change = (place, values) => onFields(fields.map((one, at) => (at === place ? { ...one, ...values } : one)));
  return html`
    <fieldset class="an-fields" aria-describedby=${id}><legend>${t("analyses.fields")}</legend>
      <small id=${id}>${t("analyses.fields-text")}</small>
      ${fields.map(({ label, required }, place) => html`
        <div key=${place}><input aria-label=${t("analyses.field")} maxlength="40" value=${label} onInput=${(event) => change(place, { label: event.target.value })} />
          <label class="check"><input type="checkbox" checked=${required} onChange=${(event) => change(place, { required: event.target.checked })} />${t("analyses.required")}</label>
          <button type="button" class="icon-button" aria-label=${t("analyses.remove-field", { label })} onClick=${() => onFields(fields.filter((_, at) => at !== place))}><${Icon} name="close" /></button></div>`)}
      ${fields.length < MOST && html`<${Button} onClick=${() => onFields([...fields, { name: "", label: "", required: false }])}>${t("analyses.add-field")}<//>`}
    </fieldset>
  `;
}
