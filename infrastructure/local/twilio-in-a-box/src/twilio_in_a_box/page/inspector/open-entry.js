import { html } from "../lib/html.js";
import { state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { CameOfIt } from "./came-of-it.js";
import { EntryButtons } from "./entry-buttons.js";
import { path } from "./what.js";

// All that was sent, whether its signature holds, what was answered, and what came of it.
export function OpenEntry({ event }) {
  const { headers, form, answer, method } = event;
  return html`
    <div class="open">
      <dl>
        <div><dt>${method}</dt><dd>${path(event)}</dd></div>
        ${Object.entries(headers).map(([name, value]) => html`
          <div key=${name}><dt>${name}</dt><dd>${value} ${/signature/i.test(name) && html`<${Valid} valid=${event.valid} />`}</dd></div>
        `)}
        ${Object.entries(form).map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${String(value)}</dd></div>`)}
        ${answer && html`<div><dt>${t("open.answer")}</dt><dd>${answer}</dd></div>`}
      </dl>
      ${event.kind === "webhook" && html`<${CameOfIt} event=${event} />`}
      <${EntryButtons} event=${event} note=${event.kind === "webhook" && state.links.note ? state.links.note.replace("{sid}", event.sid) : null} />
    </div>
  `;
}

const Valid = ({ valid }) => html`<b class=${valid ? "valid" : "invalid"}>${t(valid ? "open.valid" : "open.invalid")}</b>`;
