import { api } from "../lib/api.js";
import { html, useRef, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Confirm } from "../parts/confirm.js";
import { done } from "../parts/done.js";
import { Icon } from "../parts/icon.js";
import { ProblemNotice } from "../parts/notice.js";
import { StatusMark } from "../parts/status-mark.js";
import { Tag } from "../parts/tag.js";
import { Deliveries } from "./deliveries.js";
import { EndpointButtons } from "./endpoint-buttons.js";
import { EndpointForm } from "./endpoint-form.js";
import { FreshKey } from "./fresh-key.js";
import { ofPause, w, when } from "./webhook-words.js";

// One address: how it does, what it gets, and its log.
export function Endpoint({ endpoint, shown, secret, onSecret, onCopied, onChange }) {
  const { url, events, paused, before_signs_until: before } = endpoint;
  const path = `v1/webhooks/${endpoint.endpoint_id}`;
  const [stage, setStage] = useState(""); // what is asked or changed: "renew", "delete", "change"
  const [problem, setProblem] = useState(null);
  const [log, setLog] = useState(shown);
  const [turn, setTurn] = useState(0); // the log is read again
  const asked = useRef(null);
  const ask = (what) => () => ((asked.current = document.activeElement), setStage(what));
  const close = () => (setStage(""), setTimeout(() => asked.current.focus()));
  const act = (call, then = onChange) => call.then(({ data }) => (setStage(""), setProblem(null), then(data)), (error) => (setStage(""), setProblem(error)));
  const post = (what, then) => act(api.post(`${path}/${what}`), then);
  const read = () => (setLog(true), setTurn(turn + 1));
  const acts = {
    test: () => post("test", read), resume: () => post("resume", () => (onChange(), read())), pause: () => post("pause"),
    renew: ask("renew"), change: ask("change"), delete: ask("delete"),
  };
  const finally_ = { renew: () => post("secret", onSecret), delete: () => act(api.delete(path), () => (done(w("deleted", { url })), onChange())) };
  return html`
    <article class="hook" aria-label=${url}>
      <div class="hook-head">
        ${paused ? html`<${StatusMark} status=${paused.why === "by_hand" ? "waiting" : "parked"} plain />` : html`<${Icon} name="check" size="16" />`}
        <h3 class="mono"><bdi>${url}</bdi></h3>
        <${EndpointButtons} endpoint=${endpoint} acts=${acts} />
      </div>
      ${paused && html`<p class="hook-paused" data-why=${paused.why}>${why(paused)}</p>`}
      <div class="hook-about"><span class="hook-events">${events.map((one) => html`<${Tag} key=${one}>${one}<//>`)}</span><span>${month(endpoint.month)}</span></div>
      ${before && html`<p class="hook-before">${w("before", { time: when(before) })}</p>`}
      ${problem && html`<${ProblemNotice} problem=${problem} title=${w("not-done")} />`}
      ${secret && html`<${FreshKey} secret=${secret} text=${w("copy-now")} onDone=${onCopied} />`}
      ${stage === "change" && html`<${EndpointForm} endpoint=${endpoint} onSaved=${() => (close(), onChange())} onLeave=${close} />`}
      ${finally_[stage] && html`<${Confirm} title=${w(`${stage}.title`)} text=${w(`${stage}.text`)} action=${w(stage)} onDo=${finally_[stage]} onKeep=${close} />`}
      <button type="button" class="hook-toggle" aria-expanded=${log} onClick=${() => setLog(!log)}><${Icon} name=${log ? "down" : "right"} size="16" />${w("log")}</button>
      ${log && html`<${Deliveries} path=${path} turn=${turn} onSettled=${onChange} />`}
    </article>
  `;
}

const why = (paused) => [
  w(`paused.${paused.why}`, { time: when(paused.at), what: paused.problem ? ofPause(paused) : "" }),
  paused.kept ? w("kept", { count: paused.kept }) : w("kept-later"),
].join(" ");

function month({ delivered, failed, milliseconds }) {
  const count = delivered + failed;
  return count ? w("month", { percent: Math.floor((delivered / count) * 1000) / 10, count, ms: milliseconds ?? 0 }) : w("month.none");
}
