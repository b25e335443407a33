// Where a task was said: pressing it opens its note at that second.
import { href } from "../app/router.js";
import { length } from "../lib/format.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";

export const address = ({ message_id, start }) => href(["notes", message_id], { at: start === null ? null : Math.floor(start) });

export function SaidAt({ source }) {
  if (!source) return html`<span class="task-source"></span>`;
  const { sender_name: name, start, quote } = source;
  const at = start === null ? t("tasks.written") : length(start);
  const label = start === null ? t("tasks.read", { name }) : t("tasks.play", { name, at });
  return html`
    <a class="task-source link" href=${address(source)} aria-label=${label} title=${quote ?? ""}>
      <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><path fill="currentColor" d=${start === null ? "M1 2h3v3L2.500 8H1.500L2.300 5H1ZM6 2h3v3L7.500 8H6.500L7.300 5H6Z" : "M2 1l7 4-7 4Z"} /></svg>
      <bdi>${name}</bdi> · ${at}
    </a>
  `;
}
