import { send } from "../app/messages.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Field } from "../parts/field.js";
import { Sheet } from "../parts/sheet.js";

export function PlaceForm({ number, onClose }) {
  const submit = (event) => {
    event.preventDefault();
    send(number, Object.fromEntries(new FormData(event.target)));
    onClose();
  };
  return html`
    <${Sheet} title=${t("composer.place")} onClose=${onClose}>
      <form class="form" onSubmit=${submit}>
        <${Field} name="label" label=${t("place.label")} value=${t("place.label.sample")} />
        <${Field} name="address" label=${t("place.address")} value=${t("place.address.sample")} />
        <div class="form-pair">
          <${Field} name="latitude" label=${t("place.latitude")} type="number" step="any" min="-90" max="90" required value="51.5074" />
          <${Field} name="longitude" label=${t("place.longitude")} type="number" step="any" min="-180" max="180" required value="-0.1278" />
        </div>
        <div class="buttons"><${Button} kind="first" type="submit">${t("place.send")}<//><${Button} kind="quiet" onClick=${onClose}>${t("cancel")}<//></div>
      </form>
    <//>
  `;
}
