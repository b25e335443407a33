import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "./button.js";
import { StatusMark } from "./status-mark.js";

// An error: what happened, what to do. `details` are the server's own words.
export function Notice({ title, text = "", details = "", onAgain }) {
  return html`
    <div class="notice" role="alert">
      <${StatusMark} status="parked" plain />
      <div>
        <p class="notice-title">${title}</p>
        ${text && html`<p>${text}</p>`}
        ${onAgain && html`<${Button} onClick=${onAgain}>${t("notice.again")}<//>`}
        ${details && html`<details><summary>${t("notice.details")}</summary>${details}</details>`}
      </div>
    </div>
  `;
}

// What a Problem says: the server's title and detail, or that it did not answer.
export function ProblemNotice({ problem, title, onAgain }) {
  const text = problem.status ? problem.detail || problem.title : t("notice.no-answer");
  return html`<${Notice} title=${title} text=${text} onAgain=${onAgain} />`;
}
