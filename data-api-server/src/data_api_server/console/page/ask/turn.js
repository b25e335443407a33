import { html, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { ProblemNotice } from "../parts/notice.js";
import { askAgain, running } from "./questions.js";
import { Statement } from "./statement.js";
import { summary } from "./summary.js";

// A question and its answer. A statement appears whole, once its quotes are compared.
export function Turn({ turn, chosen, onSource }) {
  const { question, statements, state, notice, leftOut, engine, problem } = turn;
  const about = summary(statements);
  return html`
    <article class="turn" aria-busy=${state === "asks"}>
      <h2>${question}</h2>
      ${about && html`<p class="turn-about">${about}</p>`}
      <div aria-live="polite">
        ${statements.map((one, place) => html`<${Statement} key=${place} statement=${one} chosen=${chosen} onSource=${onSource} />`)}
        ${state === "done" && !statements.length && html`<p class="turn-nothing">${notice || t("ask.nothing")}</p>`}
      </div>
      ${state === "asks" && html`<div class="turn-asks">
        <span class="button-working" aria-hidden="true"></span><span role="status">${t(statements.length ? "ask.comparing" : "ask.looking")}</span>
        <${Button} kind="quiet" onClick=${() => running.value?.()}>${t("ask.stop")} <kbd>Esc</kbd><//>
      </div>`}
      ${state === "stopped" && html`<p class="turn-asks">${t("ask.stopped")} <${Button} onClick=${() => askAgain(turn)}>${t("ask.again")}<//></p>`}
      ${state === "failed" && html`<${ProblemNotice} problem=${problem} title=${t("ask.failed")} onAgain=${() => askAgain(turn)} />`}
      ${leftOut > 0 && html`<${LeftOut} turn=${turn} />`}
      ${statements.length > 0 && notice && html`<p class="turn-note">${notice}</p>`}
      ${state === "done" && engine !== "extracts" && html`<p class="turn-engine">${t("ask.by", { engine })}</p>`}
    </article>
  `;
}

// What the model said and no note says: named, and shown to somebody who asks.
function LeftOut({ turn: { leftOut: count, leftOutTexts: texts = [] } }) {
  const [open, setOpen] = useState(false);
  return html`
    <div class="turn-note"><${Struck} /><div>${t("ask.left-out", { count })}
      ${texts.length > 0 && html` <button type="button" class="link" aria-expanded=${open} onClick=${() => setOpen(!open)}>${t(open ? "ask.hide" : "ask.show", { count })}</button>`}
      ${open && html`<ul class="turn-left-out">${texts.map((text) => html`<li key=${text}>${text}</li>`)}</ul>`}</div></div>
  `;
}

const Struck = () => html`
  <svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true"><circle cx="8" cy="8" r="6.4" /><path d="M3.600 12.400 12.400 3.600" /></svg>
`;
