import { api } from "../lib/api.js";
import { date, size, time } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { ProblemNotice } from "../parts/notice.js";

// One export: how far it is, and its files. Their links end soon, so they are asked for when somebody wants them.
export function ExportRow({ made }) {
  const [files, setFiles] = useState(null);
  const [problem, setProblem] = useState(null);
  const { state, requested_at: at, counts } = made;
  const load = () => api.get(`v1/exports/${made.request_id}`).then(({ data }) => (setFiles(data.parts), setProblem(null)), setProblem);
  const day = `${date(at)}, ${time(at)}`;
  return html`
    <li class="export">
      <b>${day}</b>
      <span role=${state === "open" ? "status" : undefined}>
        ${t(`exports.${state}`)} ${t("exports.notes", { count: counts.notes ?? 0 })} · ${size(counts.bytes ?? 0)}</span>
      ${state === "done" && !files && html`<${Button} aria-label=${t("exports.files-of", { day })} onClick=${load}>${t("exports.files")}<//>`}
      ${files && html`<span class="export-files">
        ${files.map(({ name, size: bytes, url }) => html`<a key=${name} class="link" href=${url} download=${name}>${name} · ${size(bytes)}</a>`)}
        ${files.length === 0 && t("exports.over")}</span>`}
      ${problem && html`<${ProblemNotice} problem=${problem} title=${t("exports.not-read")} onAgain=${load} />`}
    </li>
  `;
}
