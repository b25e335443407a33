import { send } from "../app/messages.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Field } from "../parts/field.js";
import { Sheet } from "../parts/sheet.js";

export function ContactForm({ number, onClose }) {
  const submit = (event) => {
    event.preventDefault();
    const { name, phone } = Object.fromEntries(new FormData(event.target));
    send(number, { contact: vcard(name, phone) });
    onClose();
  };
  return html`
    <${Sheet} title=${t("composer.contact")} onClose=${onClose}>
      <form class="form" onSubmit=${submit}>
        <${Field} name="name" label=${t("contact.name")} required value=${t("contact.name.sample")} />
        <${Field} name="phone" label=${t("contact.phone")} required inputmode="tel" value="+44 7700 900123" />
        <div class="buttons"><${Button} kind="first" type="submit">${t("contact.send")}<//><${Button} kind="quiet" onClick=${onClose}>${t("cancel")}<//></div>
      </form>
    <//>
  `;
}

// RFC 2426, as phones write it
function vcard(name, phone) {
  const safe = (text) => text.replace(/[\r\n]+/g, " ").replace(/([\\,;])/g, "\\$1");
  return `BEGIN:VCARD\r\nVERSION:3.0\r\nN:;${safe(name)};;;\r\nFN:${safe(name)}\r\nTEL;type=CELL:${safe(phone)}\r\nEND:VCARD\r\n`;
}
