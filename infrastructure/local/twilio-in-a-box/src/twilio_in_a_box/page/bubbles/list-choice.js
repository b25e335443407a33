import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Menu, MenuItem } from "../parts/menu.js";

// A list picker: one button that opens its items.
export function ListChoice({ list, onChoose }) {
  const items = list.items ?? list;
  const label = html`<${Icon} name="list" size=${16} />${list.button || t("talk.list")}`;
  return html`
    <${Menu} class="reply" align="start" label=${label}>
      ${(close) => items.map((one) => html`
        <${MenuItem} key=${one.id} note=${one.description} onClick=${() => (close(), onChoose(one.id))}>${one.title ?? one.item}<//>
      `)}
    <//>
  `;
}
