import { html, useRef, useEffect } from "../lib/html.js";
import { t } from "../lib/words.js";
import { measuresOf, monthName, projected } from "./measures.js";

const DAY = 86_400_000;

// The budget that is used up first, as far as it is now, and as far as this pace leads.
export function BudgetCard({ usage }) {
  const bar = useRef(null);
  const month = usage.months.at(-1);
  const limited = measuresOf(usage.months).filter((one) => one.budget(month)).sort((one, other) => share(other, month) - share(one, month));
  const measure = limited[0];
  const ahead = measure && projected(usage, measure);
  useEffect(() => {
    if (!measure) return;
    bar.current.style.setProperty("--used", Math.min(share(measure, month), 1));
    bar.current.style.setProperty("--ahead", Math.min((ahead ?? 0) / measure.budget(month), 1));
  }, [usage]);
  if (!measure) return html`<p class="card budget-none">${t("usage.no-budget")}</p>`;
  const days = Math.max(1, Math.ceil((Date.parse(usage.ends_at) - Date.parse(usage.now)) / DAY));
  const used = t("usage.used", { used: measure.say(measure.of(month)), budget: measure.say(measure.budget(month)) });
  const next = month.over_budget ? "usage.over" : ahead > measure.budget(month) ? "usage.too-fast" : "usage.pace";
  return html`
    <section class="card budget" data-over=${month.over_budget}>
      <div><h2>${t("usage.budget-for", { month: monthName(month.month, { month: "long" }), what: t(`usage.${measure.name}`) })}</h2>
        <p>${used}, ${t("usage.left", { count: days })}</p></div>
      <div class="budget-pace">
        <div class="budget-bar" ref=${bar}><span class="budget-ahead"></span><span class="budget-used"></span></div>
        <p>${(month.over_budget || ahead) && t(next, { ahead: ahead && measure.say(ahead), budget: measure.say(measure.budget(month)) })}</p>
      </div>
    </section>
  `;
}

const share = (measure, month) => measure.of(month) / measure.budget(month);
