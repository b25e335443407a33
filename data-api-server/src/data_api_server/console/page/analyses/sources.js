import { href } from "../app/router.js";
import { length } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Confirm } from "../parts/confirm.js";
import { Button } from "../parts/button.js";
import { done } from "../parts/done.js";
import { moves, remove } from "./store.js";

// The notes that were read, and the end of the analysis.
export function Sources({ analysis, erasable }) {
  const { sources } = analysis;
  const [stage, setStage] = useState("");
  const onDo = () => {
    setStage("works");
    remove(analysis).catch((problem) => (setStage("asks"), done(problem.detail || t("notice.no-answer"))));
  };
  const about = (one) => [one.sender_name, one.duration !== null && length(one.duration)].filter(Boolean).join(" · ");
  return html`
    <aside class="an-sources" aria-label=${t("analyses.rests-on")}>
      ${sources.length > 0 && html`<h2 class="heading">${t("analyses.rests-on")}</h2>
        <ul>${sources.map((one, place) => html`<li key=${place}>${one.erased
          ? html`<p>${t("analyses.erased-note")}</p>`
          : html`<a href=${href(["notes", one.message_id])}><bdi>${one.title || t("source.untitled")}</bdi><small>${about(one)}</small></a>`}</li>`)}</ul>
        ${analysis.status === "ready" && html`<p>${t("analyses.in-print")}</p>`}`}
      ${erasable && !moves(analysis) && (stage
        ? html`<${Confirm} title=${t("analyses.delete-title")} text=${t("analyses.delete-text")} action=${t("analyses.delete")} working=${stage === "works"} onDo=${onDo} onKeep=${() => setStage("")} />`
        : html`<${Button} kind="quiet" onClick=${() => setStage("asks")}>${t("analyses.delete")}<//>`)}
    </aside>
  `;
}
