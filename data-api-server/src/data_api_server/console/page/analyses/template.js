import { go, href } from "../app/router.js";
import { api } from "../lib/api.js";
import { html, useState } from "../lib/html.js";
import { can, session } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Confirm } from "../parts/confirm.js";
import { done } from "../parts/done.js";
import { Choices } from "./choices.js";
import { load } from "./store.js";

// An empty paper that says what will stand on it.
export function Template({ template }) {
  const { template_id: id, name, instructions, built_in: builtIn } = template;
  const [stage, setStage] = useState("");
  const onDo = () => {
    setStage("works");
    const failed = (problem) => (setStage("asks"), done(problem.detail || t("notice.no-answer")));
    api.delete(`v1/templates/${id}`).then(() => (load(), go("analyses")), failed);
  };
  return html`
    <${Choices} template=${template} />
    <div class="an-body">
      <article class="paper">
        <header><div><p>${session.value.company}</p><h1>${name}</h1></div></header>
        <h2 class="heading">${t("analyses.instructions")}</h2>
        <div class="an-instructions" dir="auto">${instructions.split("\n").map((line, place) => (line.startsWith("## ") ? html`<h3 key=${place}>${line.slice(3)}</h3>` : html`<p key=${place}>${line}</p>`))}</div>
        ${can("write") && html`<div class="buttons">
          ${!builtIn && html`<a class="button" href=${href(["analyses", id, "edit"])}>${t("analyses.edit")}</a>`}
          <a class="button" href=${href(["analyses", "new"], { as: id })}>${t("analyses.copy")}</a>
          ${!builtIn && html`<${Button} kind="quiet" onClick=${() => setStage("asks")}>${t("analyses.delete")}<//>`}
        </div>`}
        ${!can("write") && html`<p class="an-leave">${t("analyses.read-only")}</p>`}
        ${stage && html`<${Confirm} title=${t("analyses.delete-template", { name })} text=${t("analyses.delete-template-text")} action=${t("analyses.delete")} working=${stage === "works"} onDo=${onDo} onKeep=${() => setStage("")} />`}
      </article>
    </div>
  `;
}
