// Where a task was said: pressing it plays from that second; what was written opens.
import { go, href } from "../app/router.js";
import { html } from "../lib/html.js";
import { Citation } from "../parts/citation.js";
import { playFrom } from "../parts/player.js";

const place = ({ message_id, start }) => [["notes", message_id], { at: start === null ? null : Math.floor(start) }];

export const address = (source) => href(...place(source));

export function hear(source) {
  const { message_id: messageId, sender_name: label, start: at } = source;
  if (at === null) go(...place(source));
  else playFrom({ messageId, at, label });
}

export const SaidAt = ({ source }) => html`
  <span class="task-source" title=${source?.quote ?? ""}>
    ${source && html`<${Citation} bare messageId=${source.message_id} name=${source.sender_name} at=${source.start} onOpen=${() => hear(source)} />`}
  </span>
`;
