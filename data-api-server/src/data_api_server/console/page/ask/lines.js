import { length } from "../lib/format.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { playFrom } from "../parts/player.js";
import { around, marked } from "./marking.js";

// The cited line between the one before and the one after; only its sentence while the note is read, or if it can not be.
export function Lines({ citation, segments }) {
  const lines = around(segments, citation);
  if (!lines.length) return html`<p class="cited-line" data-cited="true"><span>${marked(citation.sentence, citation)}</span></p>`;
  return html`
    <ol class="cited-lines">
      ${lines.map(({ segment, cited }) => html`
        <li key=${segment.start} class="cited-line" data-cited=${cited} aria-current=${cited ? "true" : undefined}>
          ${segment.start !== null && citation.audio_url && html`<button type="button" class="cited-time" aria-label=${t("source.begin", { time: length(segment.start) })}
            onClick=${() => playFrom({ messageId: citation.message_id, at: segment.start, label: citation.sender_name })}>${length(segment.start)}</button>`}
          <span>${cited ? marked(segment.text, citation) : segment.text}</span>
        </li>
      `)}
    </ol>
  `;
}
