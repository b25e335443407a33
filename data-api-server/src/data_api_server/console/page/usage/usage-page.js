import { api } from "../lib/api.js";
import { html, useEffect, useState } from "../lib/html.js";
import { session } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";
import { Menu, MenuItem } from "../parts/menu.js";
import { ProblemNotice } from "../parts/notice.js";
import { Waiting } from "../parts/waiting.js";
import { BudgetCard } from "./budget.js";
import { exportCsv } from "./export.js";
import { measuresOf } from "./measures.js";
import { Plot } from "./plot.js";
import { UsageTable } from "./table.js";

const COUNTS = [6, 12, 24];

// What the company used by month: one plot a measure, and the same numbers in a table.
export default function UsagePage() {
  const [count, setCount] = useState(12);
  const [usage, setUsage] = useState(null);
  const [problem, setProblem] = useState(null);
  const load = () => api.get("v1/usage/months", { count }).then(({ data }) => (setUsage(data), setProblem(null)), setProblem);
  useEffect(() => void load(), [count]);
  const label = html`${t("usage.months", { count })}<${Icon} name="down" size="16" />`;
  return html`
    <div class="usage">
      <header class="page-head">
        <h1>${t("nav.usage")}</h1><span class="page-about">${t("usage.about", { company: session.value.company })}</span>
        <div class="page-acts">
          <${Menu} label=${label}>${(close) => COUNTS.map((one) => html`
            <${MenuItem} key=${one} aria-pressed=${one === count} onClick=${() => (setCount(one), close())}>${t("usage.months", { count: one })}<//>`)}<//>
          <${Button} disabled=${!usage} onClick=${() => exportCsv(usage.months)}>${t("usage.export")}<//>
        </div>
      </header>
      <div class="usage-cards">
        ${problem && html`<${ProblemNotice} problem=${problem} title=${t("usage.not-read")} onAgain=${load} />`}
        ${!usage && !problem && html`<${Waiting} />`}
        ${usage && html`<${BudgetCard} usage=${usage} />`}
        ${usage && measuresOf(usage.months).map((measure) => html`<${Plot} key=${measure.name} measure=${measure} usage=${usage} />`)}
        ${usage && html`<${UsageTable} months=${usage.months} />`}
      </div>
    </div>
  `;
}
