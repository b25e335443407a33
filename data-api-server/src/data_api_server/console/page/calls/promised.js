import { go } from "../app/router.js";
import { dayName } from "../lib/format.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Citation } from "../parts/citation.js";

// What this customer was promised before, word for word; it can be played.
export function Promised({ citations }) {
  const count = new Set(citations.map((one) => one.message_id)).size;
  return html`
    <section class="call-promised"><h2>${t("calls.promised")}</h2><p>${t("calls.promised.in", { count })}</p>
      <ul>${citations.map((one) => html`<li key=${`${one.message_id} ${one.start}`}>
        <p><q dir="auto">${one.quote}</q></p>
        <${Citation} messageId=${one.message_id} name=${one.sender_name} at=${one.start} until=${one.end} onOpen=${() => go(["notes", one.message_id], { quote: one.quote })} />
        <span>${t(one.message_id.startsWith("CA") ? "calls.in-call" : "calls.in-note", { day: dayName(one.received_at) })}</span></li>`)}</ul></section>
  `;
}
