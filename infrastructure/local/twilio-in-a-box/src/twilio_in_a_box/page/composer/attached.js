import { draft, write } from "../app/messages.js";
import { inWords } from "../bubbles/quoted.js";
import { size } from "../lib/format.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";

// What goes along with the next message: the message that it replies to, and a file.
export function Attached({ number }) {
  const { quoting, file } = draft(number);
  return html`
    ${quoting && html`<${Row} off=${t("composer.no-quote")} onOff=${() => write(number, { quoting: null })}><p class="quoted" dir="auto">${inWords(quoting)}</p><//>`}
    ${file && html`<${Row} off=${t("composer.no-file")} onOff=${() => write(number, { file: null })}>
      <p class="attached-file"><${Icon} name="file" /><span>${file.name}</span><small>${size(file.size)}</small></p>
    <//>`}
  `;
}

const Row = ({ off, onOff, children }) => html`
  <div class="attached">${children}<button type="button" class="icon-button" aria-label=${off} onClick=${onOff}><${Icon} name="close" size=${16} /></button></div>
`;
