import { api } from "../lib/api.js";
import { length } from "../lib/format.js";
import { html, useEffect, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { marked, around } from "./marking.js";
import { play } from "./sound.js";

// The cited line between the one before and the one after; only its sentence while the note is read, or if it can not be.
export function Lines({ citation }) {
  const [segments, setSegments] = useState([]);
  useEffect(() => {
    let left = false;
    setSegments([]);
    api.get(`v1/notes/${citation.message_id}`).then(({ data }) => left || setSegments(data.segments), () => {});
    return () => (left = true);
  }, [citation.message_id]);
  const lines = around(segments, citation);
  if (!lines.length) return html`<p class="cited-line" data-cited="true"><span>${marked(citation.sentence, citation)}</span></p>`;
  return html`
    <ol class="cited-lines">
      ${lines.map(({ segment, cited }) => html`
        <li key=${segment.start} class="cited-line" data-cited=${cited} aria-current=${cited ? "true" : undefined}>
          ${segment.start !== null && citation.audio_url && html`<button type="button" class="cited-time" aria-label=${t("source.begin", { time: length(segment.start) })}
            onClick=${() => play({ ...citation, start: segment.start, quote: cited ? citation.quote : "" })}>${length(segment.start)}</button>`}
          <span>${cited ? marked(segment.text, citation) : segment.text}</span>
        </li>
      `)}
    </ol>
  `;
}
