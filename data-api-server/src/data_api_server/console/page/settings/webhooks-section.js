import { api } from "../lib/api.js";
import { html, useEffect, useRef, useState } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { ProblemNotice } from "../parts/notice.js";
import { Waiting } from "../parts/waiting.js";
import { Endpoint } from "./endpoint.js";
import { EndpointForm } from "./endpoint-form.js";
import { w } from "./webhook-words.js";

// Where the company's own systems are, and what they were told.
export default function WebhooksSection() {
  const [endpoints, setEndpoints] = useState(null);
  const [problem, setProblem] = useState(null);
  const [fresh, setFresh] = useState({}); // the endpoint whose secret is new, and the secret
  const [adding, setAdding] = useState(false);
  const add = useRef(null);
  const load = () => api.get("v1/webhooks").then(({ data }) => (setEndpoints(data.endpoints.toSorted(stuckFirst)), setProblem(null)), setProblem);
  useEffect(() => void load(), []);
  const close = () => (setAdding(false), setTimeout(() => add.current?.querySelector("button").focus()));
  const onSecret = ({ endpoint, secret }) => (setAdding(false), setFresh({ id: endpoint.endpoint_id, secret }), load());
  const first = endpoints?.find((one) => !one.paused);
  return html`
    <header class="hooks-head" ref=${add}>
      <div><h2 id="settings-title" class="section-title">${t("settings.webhooks")}</h2><p class="section-text">${w("text")}</p></div>
      ${endpoints && can("write") && !adding && html`<${Button} kind="first" onClick=${() => setAdding(true)}>${w("add")}<//>`}
    </header>
    ${problem && html`<${ProblemNotice} problem=${problem} title=${w("not-read")} onAgain=${load} />`}
    ${!endpoints && !problem && html`<${Waiting} />`}
    ${adding && html`<${EndpointForm} onSaved=${onSecret} onLeave=${close} />`}
    ${endpoints?.length === 0 && !adding && html`<p class="hooks-none">${w("none")}</p>`}
    ${endpoints?.map((one) => html`
      <${Endpoint} key=${one.endpoint_id} endpoint=${one} shown=${one === first} secret=${one.endpoint_id === fresh.id && fresh.secret}
        onSecret=${onSecret} onCopied=${() => setFresh({})} onChange=${load} />`)}
  `;
}

const stuck = ({ paused }) => Boolean(paused) && paused.why !== "by_hand";
const stuckFirst = (one, other) => stuck(other) - stuck(one);
