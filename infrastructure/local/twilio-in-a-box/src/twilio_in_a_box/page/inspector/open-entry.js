import { html } from "../lib/html.js";
import { state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { CameOfIt } from "./came-of-it.js";
import { EntryButtons } from "./entry-buttons.js";
import { path } from "./what.js";

// What every message has in the same way; it stands behind the rest.
const USUAL = new Set(["SmsSid", "SmsMessageSid", "AccountSid", "NumSegments", "SmsStatus", "ApiVersion", "ProfileName", "ChannelMetadata", "To", "ChannelPrefix", "ChannelToAddress", "Caller", "Called", "Direction"]);

// What was sent, whether its signature holds, what was answered, and what came of it.
export function OpenEntry({ event }) {
  const { headers, form, answer, method } = event;
  const signature = Object.entries(headers).filter(([name]) => /signature/i.test(name));
  const told = Object.entries(form).filter(([name, value]) => !USUAL.has(name) && value !== "");
  const rest = [...Object.entries(headers), ...Object.entries(form)].filter((one) => ![...signature, ...told].some(([name]) => name === one[0]));
  return html`
    <div class="open">
      <dl>
        <${Row} name=${method}>${path(event)}<//>
        ${signature.map(([name, value]) => html`<${Row} name=${name}>${value} <b class=${event.valid ? "valid" : "invalid"}>${t(event.valid ? "open.valid" : "open.invalid")}</b><//>`)}
        ${told.map(([name, value]) => html`<${Row} name=${name}>${String(value)}<//>`)}
        ${answer && html`<${Row} name=${t("open.answer")}>${answer}<//>`}
      </dl>
      ${rest.length > 0 && html`<details><summary>${t("open.rest", { count: rest.length })}</summary><dl>${rest.map(([name, value]) => html`<${Row} name=${name}>${String(value)}<//>`)}</dl></details>`}
      ${event.kind === "webhook" && event.form.MessageSid && html`<${CameOfIt} event=${event} />`}
      <${EntryButtons} event=${event} note=${event.kind === "webhook" && state.links.note ? state.links.note.replace("{sid}", event.sid) : null} />
    </div>
  `;
}

const Row = ({ name, children }) => html`<div><dt>${name}</dt><dd>${children}</dd></div>`;
