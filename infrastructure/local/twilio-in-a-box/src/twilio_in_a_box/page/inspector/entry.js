import { clock } from "../lib/format.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { ARROWS } from "./filters.js";
import { OpenEntry } from "./open-entry.js";
import { result, what } from "./what.js";

export function Entry({ event, open, onToggle }) {
  const { words, state: came } = result(event);
  return html`
    <li class="entry" data-open=${open}>
      <button type="button" class="entry-row" aria-expanded=${open ? "true" : "false"} onClick=${onToggle}>
        <time class="entry-time" dateTime=${event.at}>${clock(event.at)}</time>
        <span class="unseen">${t(`inspector.${event.kind}`)}</span><${Icon} name=${ARROWS[event.kind]} size=${16} />
        <span class="entry-what">${what(event)}</span>
        <span class="entry-result" data-state=${came}>${words}</span>
      </button>
      ${open && html`<${OpenEntry} event=${event} />`}
    </li>
  `;
}
