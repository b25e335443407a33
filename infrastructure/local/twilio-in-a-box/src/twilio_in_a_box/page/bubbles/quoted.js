import { html } from "../lib/html.js";
import { plain } from "../lib/rich.js";
import { state } from "../lib/state.js";
import { known, t } from "../lib/words.js";

// The message that another one replies to, in one line.
export function Quoted({ sid, number }) {
  const found = state.messages[number]?.find((one) => one.sid === sid);
  return html`<p class="quoted" dir="auto">${found ? inWords(found) : t("talk.quoted-gone")}</p>`;
}

export function inWords({ text, media = [], place, contact }) {
  if (text) return plain(text).replace(/\s+/g, " ");
  if (place) return place.label || place.address || t("talk.place");
  if (contact) return contact.name;
  const kind = `media.${media[0]?.content_type.split("/")[0]}`;
  return known(kind) ? t(kind) : t("media.file");
}
