import { api } from "../lib/api.js";
import { html, useEffect, useState } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { ProblemNotice } from "../parts/notice.js";
import { Waiting } from "../parts/waiting.js";
import { ExportRow } from "./export-row.js";

const LOOKS = 5000; // milliseconds between two looks at an export that is being made

// Everything of the company as ZIP files, and those that were made.
export default function ExportsSection() {
  const [exports, setExports] = useState(null);
  const [problem, setProblem] = useState(null);
  const load = () => api.get("v1/exports").then(({ data }) => (setExports(data.exports), setProblem(null)), setProblem);
  const make = () => api.post("v1/exports").then(load, setProblem);
  const open = exports?.some((one) => one.state === "open");
  useEffect(() => void load(), []);
  useEffect(() => {
    if (!open) return undefined;
    const timer = setInterval(load, LOOKS);
    return () => clearInterval(timer);
  }, [open]);
  return html`
    <h2 id="settings-title" class="section-title">${t("settings.exports")}</h2>
    <p class="section-text">${t("exports.text")}</p>
    ${problem && html`<${ProblemNotice} problem=${problem} title=${t("exports.not-read")} onAgain=${load} />`}
    ${!exports && !problem && html`<${Waiting} />`}
    ${exports && can("write") && html`<${Button} kind="first" disabled=${open} onClick=${make}>${t("exports.make")}<//>`}
    ${exports?.length === 0 && html`<p class="section-text">${t("exports.none")}</p>`}
    <ul class="exports">${exports?.map((one) => html`<${ExportRow} key=${one.request_id} made=${one} />`)}</ul>
  `;
}
