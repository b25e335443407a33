import { api } from "../lib/api.js";
import { html, useEffect, useRef, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { ProblemNotice } from "../parts/notice.js";
import { Waiting } from "../parts/waiting.js";
import { Delivery } from "./delivery.js";
import { isMoving, w } from "./webhook-words.js";

const AGAIN = 1500; // milliseconds until the log is read again while something is on its way
const TIMES = 20;

// What was sent to an endpoint, the latest first; one row can be open.
export function Deliveries({ path, turn, onSettled }) {
  const [{ deliveries, next }, setPage] = useState({});
  const [problem, setProblem] = useState(null);
  const [open, setOpen] = useState("");
  const left = useRef(TIMES);
  const asked = useRef(turn > 0);
  const read = (query, before = []) => api.get(`${path}/deliveries`, query).then(
    ({ data }) => (setPage({ deliveries: [...before, ...data.deliveries], next: data.next }), setProblem(null)), setProblem);
  const refresh = () => read({ limit: Math.min(50, Math.max(20, deliveries?.length ?? 0)) });
  const look = () => ((left.current = TIMES), (asked.current = true), refresh());
  useEffect(() => void (turn ? look() : refresh()), [turn]);
  // While something is on its way, the log is read again; then the endpoint, which counts it.
  useEffect(() => {
    const moving = deliveries?.some(isMoving);
    if (!(moving || asked.current) || left.current-- < 1) return undefined;
    asked.current = moving;
    const timer = setTimeout(moving ? refresh : onSettled, AGAIN);
    return () => clearTimeout(timer);
  }, [deliveries]);
  const again = (one) => api.post(`${path}/deliveries/${one.delivery_id}/again`).then(look, setProblem);
  const row = (one) => html`<${Delivery} key=${one.delivery_id} delivery=${one} open=${one.delivery_id === open}
    onOpen=${() => setOpen(one.delivery_id === open ? "" : one.delivery_id)} onAgain=${() => again(one)} />`;
  if (problem && !deliveries) return html`<${ProblemNotice} problem=${problem} title=${w("log.not-read")} onAgain=${refresh} />`;
  if (!deliveries) return html`<${Waiting} />`;
  if (!deliveries.length) return html`<p class="hooks-none">${w("log.none")}</p>`;
  return html`
    ${problem && html`<${ProblemNotice} problem=${problem} title=${w("not-done")} onAgain=${refresh} />`}
    <table class="hook-log">
      <caption class="unseen">${w("log")}</caption>
      <thead><tr>${["sent", "event", "answer", "about"].map((one) => html`<th key=${one} scope="col">${w(`log.${one}`)}</th>`)}<td></td></tr></thead>
      ${deliveries.map(row)}
    </table>
    ${next && html`<${Button} onClick=${() => read({ cursor: next }, deliveries)}>${t("tasks.more")}<//>`}
  `;
}
