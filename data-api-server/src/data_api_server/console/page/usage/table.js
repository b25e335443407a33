import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { measuresOf, monthName } from "./measures.js";

export const UsageTable = ({ months }) => html`
  <div class="card usage-table" tabindex="0" role="region" aria-label=${t("nav.usage")}>
    <table>
      <caption class="unseen">${t("nav.usage")}</caption>
      <thead><tr><th scope="col">${t("usage.month")}</th>${measuresOf(months).map((one) => html`<th key=${one.name} scope="col">${t(`usage.${one.name}`)}</th>`)}</tr></thead>
      <tbody>
        ${months.toReversed().map((month) => html`
          <tr key=${month.month}><th scope="row">${monthName(month.month, { month: "long", year: "numeric" })}</th>
            ${measuresOf(months).map((one) => html`<td key=${one.name}>${one.say(one.of(month))}</td>`)}</tr>
        `)}
      </tbody>
    </table>
  </div>
`;
