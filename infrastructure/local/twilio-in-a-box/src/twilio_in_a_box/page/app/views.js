import { html } from "../lib/html.js";
import { change, state } from "../lib/state.js";
import { t } from "../lib/words.js";

const VIEWS = ["phones", "switches", "inspector"];

// Which part a narrow window shows; a wide one shows them all.
export function Views() {
  return html`
    <nav class="views" aria-label=${t("views")}>
      ${VIEWS.map((view) => html`
        <button type="button" class="views-item" data-view=${view} aria-current=${state.view === view ? "true" : undefined}
          onClick=${() => change({ view })}>${t(`views.${view}`)}</button>
      `)}
    </nav>
  `;
}
