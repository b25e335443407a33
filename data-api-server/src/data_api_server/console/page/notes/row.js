import { href } from "../app/router.js";
import { time } from "../lib/format.js";
import { html } from "../lib/html.js";
import { StatusMark } from "../parts/status-mark.js";
import { reason, second, stage, title } from "./about.js";

export function Row({ note, chosen, lost }) {
  const at = stage(note);
  const why = reason(note, lost);
  return html`
    <li class="row" data-stage=${lost ? "" : at}>
      <a href=${href(["notes", note.message_id])} data-id=${note.message_id} aria-current=${chosen ? "true" : undefined}>
        <${StatusMark} status=${at} />
        <span class="row-title"><bdi>${title(note)}</bdi></span>
        <span class="row-second"><bdi>${note.sender_name}</bdi>${second(note) && ` · ${second(note)}`}</span>
        <time datetime=${note.received_at}>${time(note.received_at)}</time>
        ${why && html`<span class="row-why">${why}</span>`}
      </a>
    </li>
  `;
}
