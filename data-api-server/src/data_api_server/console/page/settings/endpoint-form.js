import { api } from "../lib/api.js";
import { html, useEffect, useId, useRef, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { StatusMark } from "../parts/status-mark.js";
import { w } from "./webhook-words.js";

const EVENTS = ["note.filed", "note.changed", "note.erased", "task.added", "task.changed", "call.escalated"];

// A new endpoint, or a change of one.
export function EndpointForm({ endpoint, onSaved, onLeave }) {
  const id = useId();
  const [url, setUrl] = useState(endpoint?.url ?? "");
  const [events, setEvents] = useState(endpoint?.events ?? EVENTS);
  const [stage, setStage] = useState({});
  const field = useRef(null);
  useEffect(() => field.current.focus(), []);
  const choose = (event) => (setStage({}), setEvents(EVENTS.filter((one) => (one === event) !== events.includes(one))));
  const save = async (event) => {
    event.preventDefault();
    if (!url.trim() || !events.length) return setStage({ problem: w(url.trim() ? "no-event" : "no-url") });
    setStage({ working: true });
    const body = { url: url.trim(), events };
    try {
      onSaved((await (endpoint ? api.patch(`v1/webhooks/${endpoint.endpoint_id}`, body) : api.post("v1/webhooks", body))).data);
    } catch (problem) {
      setStage({ problem: problem.status ? problem.errors[0]?.problem ?? problem.detail : w("not-saved") });
    }
  };
  return html`
    <form class="new-key hook-form" onSubmit=${save} onKeyDown=${(event) => event.key === "Escape" && onLeave()} aria-label=${w(endpoint ? "change" : "add")}>
      <div class="field"><label for=${id}>${w("url")}</label>
        <input id=${id} class="mono" ref=${field} value=${url} maxlength="2000" inputmode="url" autocomplete="off" spellcheck=${false}
          aria-describedby="${id}-text ${id}-problem" aria-invalid=${stage.problem && events.length ? "true" : undefined}
          onInput=${(event) => (setUrl(event.target.value), setStage({}))} />
        <small id="${id}-text">${w("url-text")}</small></div>
      <fieldset><legend>${w("gets")}</legend>
        ${EVENTS.map((one) => html`<label key=${one} class="check"><input type="checkbox" checked=${events.includes(one)} onChange=${() => choose(one)} />
          <span>${w(`event.${one}`)}<small class="mono">${one}</small></span></label>`)}
      </fieldset>
      <p id="${id}-problem" class="field-problem" role="alert">${stage.problem && html`<${StatusMark} status="parked" plain />${stage.problem}`}</p>
      <div class="buttons">
        <${Button} kind="first" type="submit" working=${stage.working}>${endpoint ? t("tasks.save") : w("add")}<//>
        <${Button} onClick=${onLeave}>${t("tasks.cancel")}<//>
      </div>
    </form>
  `;
}
