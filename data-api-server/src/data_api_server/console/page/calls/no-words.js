import { html, useEffect, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { StatusMark } from "../parts/status-mark.js";
import { isLive } from "./store.js";
import { lasted } from "./about.js";

const SOON = 8; // seconds in which the first event should be here

// Why there are no words, and what to check; nothing as long as they come.
export function NoWords({ call }) {
  const [late, setLate] = useState(lasted(call) > SOON);
  useEffect(() => {
    const timer = setTimeout(setLate, Math.max(0, SOON - lasted(call)) * 1000, true);
    return () => clearTimeout(timer);
  }, [call.call_id]);
  if (call.kind === "ask") return html`<p class="calls-none">${t("calls.asks.text")}</p>`;
  const nothing = !call.sentences.length && !call.transcribing;
  if (!call.problem && !(nothing && (call.silent || late || !isLive(call)))) return null;
  return html`
    <div class="call-silent" role="alert"><${StatusMark} status="parked" plain />
      <div><p><b>${t(call.problem ? "calls.broke" : "calls.silent")}</b> ${t("calls.check")}</p>
        <ul>${["engine", "account", "address"].map((one) => html`<li key=${one}>${t(`calls.check.${one}`)}</li>`)}</ul>
        ${call.problem && html`<p class="mono" dir="auto">${call.problem}</p>`}</div>
    </div>
  `;
}
