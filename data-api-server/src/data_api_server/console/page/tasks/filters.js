import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Menu, MenuItem } from "../parts/menu.js";
import { filter, load, owners } from "./state.js";

export function choose(values) {
  filter.value = { ...filter.value, ...values };
  load();
}

export function Filters() {
  const { state, owner } = filter.value;
  const chip = (name) => html`
    <button type="button" class="chip" aria-pressed=${state === name} onClick=${() => choose({ state: name })}>${t(`tasks.state.${name}`)}</button>
  `;
  const names = [...new Set([owner, ...owners.value].filter(Boolean))];
  return html`
    <div class="task-filters">
      ${chip("open")} ${chip("done")}
      <${Menu} class="chip" align="start" label=${html`<bdi>${owner || t("tasks.owner")}</bdi> <${Icon} name="down" size=${14} />`}>
        ${(close) => ["", ...names].map((name) => html`
          <${MenuItem} key=${name} aria-pressed=${owner === name} onClick=${() => (choose({ owner: name }), close())}><bdi>${name || t("tasks.everybody")}</bdi><//>
        `)}
      <//>
    </div>
  `;
}
