import { html } from "../lib/html.js";
import { change, state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";

export const ARROWS = { webhook: "right", callback: "back", request: "left" };

export const passes = (event, filter) => filter === "all" || event.kind === filter;

export function Filters() {
  return html`
    <div class="filters" role="group" aria-label=${t("filter")}>
      ${["all", ...Object.keys(ARROWS)].map((filter) => html`
        <button type="button" class="chip" key=${filter} aria-pressed=${state.filter === filter ? "true" : "false"} onClick=${() => change({ filter })}>
          ${filter in ARROWS && html`<${Icon} name=${ARROWS[filter]} size=${16} />`}${t(`filter.${filter}`)}
        </button>
      `)}
    </div>
  `;
}
