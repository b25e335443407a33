import { href } from "../app/router.js";
import { dayName, length, time } from "../lib/format.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Clock } from "./clock.js";
import { isLive } from "./store.js";
import { agentOf, customerOf, lasted } from "./about.js";

// One call. When it is filed, it is a note like any other.
export function Row({ call }) {
  const { call_id: id, note_id: note, status, kind, started_at: at, customer, customer_name: name } = call;
  const second = [kind === "ask" ? t("calls.asks") : t("calls.with", { name: agentOf(call) }), name && customer, status === "ended" && t("calls.filing")];
  return html`
    <li class="call-row" data-live=${isLive(call)}>
      <a href=${note ? href(["notes", note]) : href(["calls", id])} data-id=${id}>
        <span class="call-dot" aria-hidden="true"></span>
        <b><bdi>${customerOf(call)}</bdi></b>
        <span>${second.filter(Boolean).join(" · ")}</span>
        <span class="call-when">${isLive(call) ? html`<b>${t("calls.now")}</b> <${Clock} call=${call} />` : html`<time datetime=${at}>${dayName(at)} ${time(at)}</time> · ${length(lasted(call))}`}</span>
      </a>
    </li>
  `;
}
