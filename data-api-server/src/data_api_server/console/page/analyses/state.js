import { href } from "../app/router.js";
import { html } from "../lib/html.js";
import { can } from "../lib/session.js";
import { known, t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { done } from "../parts/done.js";
import { StatusMark } from "../parts/status-mark.js";
import { make, moves, titleOf } from "./store.js";

const MARKS = { failed: "parked", budget: "waiting" };

// How far it is, or why there is nothing to read and what can be done.
export function State({ analysis, template }) {
  const { status, reason, done: read, notes } = analysis;
  if (moves(analysis)) {
    return html`
      <article class="paper" aria-busy="true"><h1>${titleOf(analysis)}</h1>
        <p role="status">${status === "queued" ? t("analyses.is.queued") : t("analyses.reading", { done: read, notes: t("ask.notes", { count: notes }) })}</p>
        <progress max=${notes || 1} value=${read} aria-label=${t("analyses.progress")}></progress>
        <p class="an-leave">${t("analyses.leave")}</p></article>`;
  }
  const why = `analyses.why.${reason}`;
  const again = () => make(template, analysis.analysis_id).catch((problem) => done(problem.detail || t("notice.no-answer")));
  return html`
    <article class="paper"><h1>${titleOf(analysis)}</h1>
      <div class="turn-note" role="alert"><${StatusMark} status=${MARKS[reason] ?? MARKS[status] ?? "refused"} plain />
        <p><b>${t("analyses.failed")}</b> ${t(known(why) ? why : "analyses.why.other")}</p></div>
      <div class="buttons">
        ${reason === "no-model" && html`<a class="button" href=${href("ask")}>${t("nav.ask")}</a>`}
        ${(status === "failed" || reason === "budget") && can("write") && template && html`<${Button} onClick=${again}>${t("notice.again")}<//>`}
      </div></article>`;
}
