import { href } from "../app/router.js";
import { html, useId } from "../lib/html.js";
import { can } from "../lib/session.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";
import { StatusMark } from "../parts/status-mark.js";
import { exactly, isMoving, outcome, w, when } from "./webhook-words.js";

const MARKS = { due: "waiting", kept: "waiting", refused: "parked", given_up: "parked" };

// One event for one endpoint. Opened, it shows what was sent, and each try.
export function Delivery({ delivery, open, onOpen, onAgain }) {
  const id = useId();
  const { type, at, state, tries, next_try_at: next } = delivery;
  const name = `${type}, ${exactly(at)}`;
  const failed = can("write") && (next || MARKS[state] === "parked");
  return html`
    <tbody data-open=${open}>
      <tr>
        <th scope="row"><time datetime=${at}>${exactly(at)}</time></th>
        <td class="mono">${type}</td>
        <td><${Answer} delivery=${delivery} /></td>
        <td class="hook-what"><${About} delivery=${delivery} />${next && html` <span>· ${w("next", { time: when(next) })}</span>`}</td>
        <td class="hook-end">
          ${failed && html`<${Button} kind="quiet" aria-label=${`${w("again")}: ${name}`} onClick=${onAgain}>${w("again")}<//>`}
          <${Button} kind="quiet" aria-expanded=${open} aria-controls=${id} aria-label=${`${w(open ? "hide" : "show")}: ${name}`} onClick=${onOpen}>${w(open ? "hide" : "show")}<//>
        </td>
      </tr>
      ${open && html`<tr id=${id}><td colspan="5"><div class="hook-open">
        <pre tabindex="0" aria-label=${w("sent")}>${sent(delivery)}</pre>
        <ul>
          ${tries.toReversed().map((one) => html`<li key=${one.at}><${Mark} status=${one.problem && "waiting"} /><time datetime=${one.at}>${exactly(one.at)}</time> ${outcome(one)}</li>`)}
          ${next && html`<li><${Mark} status="received" /><time datetime=${next}>${when(next)}</time> ${w("next-try")}</li>`}
          ${delivery.answer && html`<li class="hook-said">${w("said")} <code>${delivery.answer}</code></li>`}
          ${can("write") && !failed && !isMoving(delivery) && html`<li><${Button} onClick=${onAgain}>${w("again")}<//></li>`}
        </ul>
      </div></td></tr>`}
    </tbody>
  `;
}

const Mark = ({ status }) => (status ? html`<${StatusMark} status=${status} plain />` : html`<${Icon} name="check" size="16" />`);

function Answer({ delivery }) {
  const last = delivery.tries.at(-1);
  const status = isMoving(delivery) ? "received" : MARKS[delivery.state];
  const said = isMoving(delivery) ? w("sending") : delivery.state === "kept" ? w("waits") : last ? outcome(last) : w("late");
  return html`<span class="hook-answer" data-state=${status ?? "ok"}><${Mark} status=${status} />${said}</span>`;
}

function About({ delivery: { type, about } }) {
  if (type === "webhook.test") return w("a-test");
  if (type === "note.erased") return w("erased");
  const said = about.title ? html`<bdi>${about.title}</bdi>` : html`<code>${about.id}</code>`;
  return type.startsWith("note.") ? html`<a class="hook-note" href=${href(["notes", about.id])}>${said}</a>` : said;
}

// Headers, then the text with a line for each of its fields.
function sent({ headers, body }) {
  const fields = Object.entries(JSON.parse(body)).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return [...Object.entries(headers).map((pair) => pair.join(": ")), `{${fields.join(",\n ")}}`].join("\n");
}
