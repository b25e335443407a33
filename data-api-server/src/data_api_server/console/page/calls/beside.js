import { href } from "../app/router.js";
import { html, useEffect, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Jump } from "./jump.js";
import { Points } from "./points.js";
import { Promised } from "./promised.js";
import { startOf } from "./about.js";

// What helps to answer: the talking points of the last hit, what was promised before, and the earlier hits.
export function Beside({ call, onJump }) {
  const { hints } = call;
  const [chosen, choose] = useState(null); // the sentence whose points somebody wants to see
  useEffect(() => choose(null), [hints.length]); // what was just said comes first
  const last = hints.findLast((one) => one.number === chosen) ?? hints.at(-1);
  const now = hints.filter((one) => one.number === last?.number);
  const earlier = hints.filter((one) => one.number !== last?.number);
  const every = hints.toReversed().flatMap((one) => one.content.promised ?? []);
  const promised = [...new Map(every.map((one) => [`${one.message_id} ${one.start} ${one.quote}`, one])).values()];
  return html`
    <aside class="call-side" aria-label=${t("calls.beside")}>
      <div role="status">${now.map((one) => html`<${Points} key=${one.hint_id} call=${call} hint=${one} onJump=${onJump} />`)}</div>
      ${!hints.length && html`<p class="call-side-none">${t("calls.no-hints")} <a href=${href(["settings", "rules"])}>${t("settings.rules")}</a></p>`}
      ${promised.length > 0 && html`<${Promised} citations=${promised} />`}
      ${earlier.length > 0 && html`
        <section><h2>${t("calls.earlier")}</h2>
          <ul class="call-earlier">${earlier.map((one) => html`<li key=${one.hint_id}>
            <button type="button" class="tag" onClick=${() => choose(one.number)}>${one.content.name}</button>
            <${Jump} seconds=${startOf(call, one.number)} onJump=${() => onJump(one.number)} /></li>`)}</ul></section>`}
    </aside>
  `;
}
