import { html } from "../lib/html.js";
import { rich } from "../lib/rich.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Media } from "./media.js";

// What a message holds: files, a place, a contact, words.
export function Content({ bubble }) {
  const { media = [], place, contact, text } = bubble;
  return html`
    ${!contact && media.map((one) => html`<${Media} key=${one.url} file=${one} at=${bubble.at} />`)}
    ${place && html`<p class="bubble-thing"><${Icon} name="place" /><span>${place.label || place.address || t("talk.place")}
      <small>${[place.label && place.address, `${place.latitude}, ${place.longitude}`].filter(Boolean).join(" · ")}</small></span></p>`}
    ${contact && html`<p class="bubble-thing"><${Icon} name="contact" /><span>${contact.name}<small>${contact.phone}</small></span></p>`}
    ${text && html`<p class="bubble-text" dir="auto">${rich(text)}</p>`}
  `;
}
