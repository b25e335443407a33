import { href } from "../app/router.js";
import { api, lostSince } from "../lib/api.js";
import { dayName, length } from "../lib/format.js";
import { html, useEffect, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { ProblemNotice } from "../parts/notice.js";
import { Waiting } from "../parts/waiting.js";
import { intent } from "./about.js";
import { Marked } from "./marked.js";
import { Row } from "./row.js";
import { filter, rows } from "./store.js";

// What was said that has these words, then the notes that have them in their title. Without a server, what is loaded.
export function Found({ words }) {
  const [found, setFound] = useState(null);
  const [problem, setProblem] = useState(null);
  const lost = lostSince.value;
  const search = () => {
    const abort = new AbortController();
    setProblem(null);
    if (!lost) ask(words, abort.signal).then(setFound, (told) => told.name !== "AbortError" && setProblem(told));
    return () => abort.abort();
  };
  useEffect(search, [words, filter.value, lost]);
  const { passages, titled } = lost ? { passages: [], titled: loaded(words) } : (found ?? {});
  if (problem?.status) return html`<${ProblemNotice} problem=${problem} title=${t("notes.not-searched")} onAgain=${search} />`;
  if (!passages) return html`<${Waiting} />`;
  if (!passages.length && !titled.length) return html`<p class="notes-empty" role="status">${t("notes.nobody-said", { words })}</p>`;
  return html`
    <p class="unseen" role="status">${t("notes.found", { count: passages.length + titled.length })}</p>
    <ul>${passages.map((one) => html`<${Passage} key=${`${one.message_id} ${one.first}`} passage=${one} />`)}</ul>
    ${titled.length > 0 && passages.length > 0 && html`<h2 class="notes-day">${t("notes.in-titles")}</h2>`}
    <ul>${titled.map((note) => html`<${Row} key=${note.message_id} note=${note} lost=${lost} />`)}</ul>
  `;
}

async function ask(words, abort) {
  const { intent: kind, sender, since } = filter.value;
  const which = { intent: kind, sender, since };
  const said = api.get("v1/search", { q: words, limit: 20, ...which }, { abort });
  const titled = api.get("v1/notes", { text: words.slice(0, 200), limit: 20, ...which }, { abort });
  const [{ data }, { data: notes }] = await Promise.all([said, titled]);
  const ids = new Set(data.passages.map((one) => one.message_id));
  return { passages: data.passages, titled: notes.notes.filter((note) => !ids.has(note.message_id)) };
}

function loaded(words) {
  const sought = words.toLowerCase();
  return rows.value.filter((note) => `${note.title} ${note.summary} ${note.sender_name}`.toLowerCase().includes(sought));
}

function Passage({ passage }) {
  const { message_id: id, start, title, highlighted, sender_name: sender, received_at: at } = passage;
  const said = start === null ? t("notes.wrote") : t("notes.said-at", { time: length(start) });
  return html`
    <li class="row"><a href=${href(["notes", id], { at: start })} data-id=${id}>
      <span class="row-title"><bdi>${title ?? intent(passage.intent)}</bdi></span>
      <q class="row-said"><${Marked} text=${highlighted} /></q>
      <span class="row-second"><bdi>${sender}</bdi> ${said}</span><time datetime=${at}>${dayName(at)}</time>
    </a></li>
  `;
}
