import { time } from "../lib/format.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";

const TICKS = { sent: "✓", delivered: "✓✓", read: "✓✓" };
const STATES = { begun: "sending", queued: "sending", undelivered: "failed" };

// What became of each reply to the sender.
export function NoteReplies({ note }) {
  return html`
    <section data-panel="reply">
      <h2 class="heading">${t("note.reply.to", { name: note.sender_name })}</h2>
      ${!note.replies.length && html`<p class="side-none">${t("note.no-reply")}</p>`}
      <ul class="side-replies">
        ${note.replies.map((reply) => html`
          <li key=${reply.step} data-state=${reply.state}>
            ${reply.text && html`<p class="side-reply" dir="auto">${reply.text}</p>`}
            <span class="ticks" aria-hidden="true">${TICKS[reply.state] ?? ""}</span><span>${t(`note.reply.${STATES[reply.state] ?? reply.state}`, { time: time(reply.at) })}</span>
            ${reply.problem && html`<p>${reply.problem}</p>`}${reply.remedy && html`<p>${reply.remedy}</p>`}
          </li>`)}
      </ul>
    </section>
  `;
}
