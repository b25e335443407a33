import { html } from "../lib/html.js";
import { keysOn, switchKeys } from "../lib/keys.js";
import { t } from "../lib/words.js";
import { Sheet } from "../parts/sheet.js";

const KEYS = [
  ["/", "search"], ["G N A T C U S", "go"], ["J K", "move"], ["↵", "open"], ["Space", "play"], ["← →", "seconds"],
  ["⇧← ⇧→", "line"], ["< >", "speed"], ["U", "unsure"], ["E", "edit"], ["⌘/Ctrl ↵", "save"], ["Esc", "leave"],
  ["D O", "task"], ["X", "archive"], ["Z", "undo"],
];

// All keys, and the switch that turns the single ones off.
export function KeysHelp({ onClose }) {
  return html`
    <${Sheet} title=${t("keys.title")} onClose=${onClose}>
      <dl class="keys">
        ${KEYS.map(([keys, what]) => html`
          <div key=${what}><dt>${keys.split(" ").map((one) => html`<kbd>${one}</kbd> `)}</dt><dd>${t(`keys.${what}`)}</dd></div>
        `)}
      </dl>
      <label class="check">
        <input type="checkbox" checked=${keysOn.value} onChange=${(event) => switchKeys(event.target.checked)} />
        ${t("keys.on")}
      </label>
    <//>
  `;
}
