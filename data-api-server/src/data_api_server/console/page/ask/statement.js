import { time } from "../lib/format.js";
import { html } from "../lib/html.js";
import { Citation } from "../parts/citation.js";
import { keyOf } from "./marking.js";

// One fact and its sources. A press plays the source, or shows what was written, and opens it at the side.
export const Statement = ({ statement, chosen, onSource }) => html`
  <div class="statement">
    <p>${statement.text}</p>
    <div class="statement-sources">
      ${statement.citations.map((one, place) => html`
        <span key=${place} data-chosen=${chosen === keyOf(one)} onClick=${() => gone(one) || onSource(one)}>
          <${Citation} messageId=${one.message_id} name=${one.sender_name} at=${one.start} when=${time(one.received_at)} gone=${gone(one)} />
        </span>`)}
    </div>
  </div>
`;

const gone = ({ start, audio_url: url }) => start !== null && !url;
