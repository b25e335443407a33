import { api } from "../lib/api.js";
import { saveFile } from "../lib/file.js";
import { time } from "../lib/format.js";
import { html, useEffect } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { keyOf } from "../ask/marking.js";
import { Button } from "../parts/button.js";
import { done } from "../parts/done.js";
import { Notice, ProblemNotice } from "../parts/notice.js";
import { Waiting } from "../parts/waiting.js";
import { Choices } from "./choices.js";
import { Paper } from "./paper.js";
import { useAnalysis } from "./reading.js";
import { Sources } from "./sources.js";
import { State } from "./state.js";
import { chooseAs, moves, templates, titleOf } from "./store.js";

// What was made, or is being made.
export function Analysis({ id, source, onSource }) {
  const { analysis, problem, read } = useAnalysis(id);
  const settled = Boolean(analysis) && !moves(analysis);
  useEffect(() => void (settled && chooseAs(analysis)), [id, settled]); // once: what is changed then stays
  if (!analysis && problem?.status === 404) return html`<${Notice} title=${t("analyses.gone")} />`;
  if (!analysis) return problem ? html`<${ProblemNotice} problem=${problem} title=${t("analyses.not-loaded")} onAgain=${read} />` : html`<${Waiting} lines="8" />`;
  const template = templates.value?.find((one) => one.template_id === analysis.template_id);
  const ready = analysis.status === "ready";
  const file = () => api.get(`v1/analyses/${id}/markdown`).then(({ text }) => saveFile(`${titleOf(analysis)}.md`, text, "text/markdown"), () => done(t("tasks.no-file")));
  const onPrint = () => {
    const before = document.title;
    document.title = titleOf(analysis); // the name of the file, if it is printed into one
    print();
    document.title = before;
  };
  return html`
    <${Choices} template=${settled && template} again=${id}>
      ${ready && html`<${Button} onClick=${file}>Markdown<//><${Button} onClick=${onPrint}>${t("analyses.print")}<//>`}
    <//>
    <p class="unseen" role="status">${ready && t("analyses.made-at", { time: time(analysis.made_at) })}</p>
    <div class="an-body">
      ${ready
        ? html`<${Paper} analysis=${analysis} template=${template} chosen=${source && keyOf(source)} onSource=${onSource} />`
        : html`<${State} analysis=${analysis} template=${template} />`}
      <${Sources} analysis=${analysis} erasable=${can("write")} />
    </div>
  `;
}
