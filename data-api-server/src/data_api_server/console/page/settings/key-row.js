import { api } from "../lib/api.js";
import { date, dayName } from "../lib/format.js";
import { html, useLayoutEffect, useRef, useState } from "../lib/html.js";
import { language, t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Tag } from "../parts/tag.js";

const DAY = 86_400_000;
const small = (word) => (language.value === "de" ? word : word.toLowerCase()); // German nouns have capitals
const LONG = 60; // days without use, after which a key may be one that nobody needs

export function KeyRow({ apiKey, onRevoked }) {
  const { key_id: id, name, scopes, created_at: created, expires_at: until, own } = apiKey;
  const over = until && new Date(until) < new Date();
  return html`
    <tr>
      <th scope="row"><b>${name}</b><span class="keys-id">${own && `${t("keys.this-tab")} · `}${id}</span></th>
      <td data-name=${t("keys.can")}><span class="keys-scopes">${scopes.map((one) => html`<${Tag} key=${one}>${small(t(`scope.${one}`))}<//>`)}</span></td>
      <${Used} apiKey=${apiKey} />
      <td data-name=${t("keys.created")}>${date(created)}
        ${until && html`<span class=${over ? "keys-id keys-over" : "keys-id"}>${t(over ? "keys.over" : "keys.until", { date: date(until) })}</span>`}</td>
      <td class="keys-end">${own ? html`<span class="keys-own">${t("keys.in-use")}</span>` : html`<${Revoke} apiKey=${apiKey} onRevoked=${onRevoked} />`}</td>
    </tr>
  `;
}

// The day of its last use: the API keeps no more.
function Used({ apiKey: { used_on: day, own } }) {
  const days = day && Math.floor((Date.now() - Date.parse(day)) / DAY);
  const long = days >= LONG && !own;
  const said = own ? t("keys.now") : !day ? t("keys.never") : long ? t("keys.not-for", { days }) : dayName(new Date(Date.now() - days * DAY));
  return html`<td data-name=${t("keys.used")} class=${long ? "keys-over" : ""}>${said}</td>`;
}

// Asks in its row; focus starts on Keep.
function Revoke({ apiKey, onRevoked }) {
  const [stage, setStage] = useState("rest"); // "rest", "asks", "works", "failed"
  const box = useRef(null);
  useLayoutEffect(() => void (stage === "asks" && box.current.querySelector("[data-keep]").focus()), [stage]);
  const keep = () => (setStage("rest"), setTimeout(() => box.current?.querySelector("button").focus()));
  const revoke = () => {
    setStage("works");
    api.delete(`v1/keys/${apiKey.key_id}`).then(() => onRevoked(apiKey), () => setStage("failed"));
  };
  if (stage === "rest")
    return html`<span ref=${box}><${Button} aria-label=${t("keys.revoke-this", { name: apiKey.name })} onClick=${() => setStage("asks")}>${t("keys.revoke")}<//></span>`;
  return html`
    <span class="keys-asks" role="group" aria-label=${t("keys.revoke")} ref=${box} onKeyDown=${(event) => event.key === "Escape" && keep()}>
      <span role=${stage === "failed" ? "alert" : undefined}>${t(stage === "failed" ? "keys.not-revoked" : "keys.stops")}</span>
      <${Button} kind="final" working=${stage === "works"} onClick=${revoke}>${t("keys.revoke-this", { name: apiKey.name })}<//>
      <${Button} kind="quiet" data-keep onClick=${keep}>${t("confirm.keep")}<//>
    </span>
  `;
}
