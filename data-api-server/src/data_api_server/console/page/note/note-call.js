import { length } from "../lib/format.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { cause } from "../calls/about.js";
import { Citation } from "../parts/citation.js";
import { Tag } from "../parts/tag.js";
import { recordingOf } from "../parts/player.js";
import { escalations } from "./of-call.js";

// What was noticed: who of a call spoke how long, why it was escalated, and which rules heard their words.
export function NoteCall({ note }) {
  const talked = Object.entries(note.call?.talk_seconds ?? {}).filter(([, seconds]) => seconds > 0);
  const most = Math.max(...talked.map(([, seconds]) => seconds));
  const all = talked.reduce((sum, [, seconds]) => sum + seconds, 0);
  const raised = escalations(note);
  const hits = note.hits ?? [];
  const second = (at) => at !== undefined && at !== null && (recordingOf(note) ? html`<${Citation} bare messageId=${note.message_id} at=${at} />` : html`<span>${length(at)}</span>`);
  return html`
    ${talked.length > 0 && html`<section data-panel="words"><h2 class="heading">${t("calls.talked")}</h2>
      <ul class="talked">${talked.map(([who, seconds]) => html`<li key=${who} data-speaker=${who}>
        <span><bdi>${note.call.speakers[who] ?? who}</bdi></span><span>${length(seconds)} · ${Math.round((seconds / all) * 100)} %</span>
        <progress max=${most} value=${seconds} aria-hidden="true"></progress></li>`)}</ul></section>`}
    ${raised.length > 0 && html`<section data-panel="words"><h2 class="heading">${t("calls.raised")}</h2>
      <ul class="noticed">${raised.map((one) => html`<li key=${one.cause}><span>${[cause(one.cause), one.recovered && t("calls.calmer")].filter(Boolean).join(", ")}</span>${second(one.at)}</li>`)}</ul></section>`}
    ${hits.length > 0 && html`<section data-panel="words"><h2 class="heading">${t("settings.rules")}</h2>
      <ul class="noticed">${hits.map((one, place) => html`<li key=${place}><span><${Tag}><bdi>${one.name}</bdi><//></span>${second(note.segments[one.segment]?.start)}</li>`)}</ul></section>`}
  `;
}
