import { href } from "../app/router.js";
import { dayName, time } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { can, session } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { done } from "../parts/done.js";
import { Icon } from "../parts/icon.js";
import { AddTask } from "../tasks/add-task.js";
import { Clock } from "./clock.js";
import { isLive } from "./store.js";
import { agentOf, customerOf, languageOf } from "./about.js";

// With whom, how long, and what comes of it.
export function CallHead({ call }) {
  const [adding, setAdding] = useState(false);
  const { status, started_at: at, kind, customer, customer_name: name, note_id: note } = call;
  const records = kind === "line" && session.value.calls?.records;
  const about = [kind === "ask" ? t("calls.asks") : t("calls.with", { name: agentOf(call) }), name && customer, records && isLive(call) && t("calls.recording"), languageOf(call.language), !isLive(call) && `${dayName(at)} ${time(at)}`];
  return html`
    <header class="call-head">
      <a class="icon-button" href=${href("calls")} aria-label=${t("calls.all")}><${Icon} name="left" /></a>
      ${isLive(call) && html`<span class="call-dot" role="img" aria-label=${t("calls.is.live")}></span>`}
      <div class="call-name"><h1 dir="auto">${customerOf(call)}</h1>
        <p>${about.filter(Boolean).map((one) => html`<span key=${one} dir="auto">${one}</span>`)}</p></div>
      <p class="call-state" role="status">${status === "ended" && t("calls.filing")}</p>
      <${Clock} call=${call} />
      ${can("write") && status !== "filed" && html`<${Button} aria-expanded=${adding} onClick=${() => setAdding(!adding)}><${Icon} name="plus" size="16" /><span>${t("calls.add-task")}</span><//>`}
      ${note && html`<a class="button" data-kind="first" href=${href(["notes", note])}>${t("calls.open-note")}</a>`}
      ${adding && html`<${AddTask} onAdded=${(text) => done(t("calls.task-added", { text }))} onEnd=${() => setAdding(false)} />`}
    </header>
  `;
}
