import { badge } from "../app/badges.js";
import { place } from "../app/router.js";
import { effect, html, signal, useEffect, useRef } from "../lib/html.js";
import { language } from "../lib/words.js";
import { Beside } from "./beside.js";
import { FirstRun } from "./first-run.js";
import { Found } from "./found.js";
import { Head } from "./head.js";
import { List } from "./list.js";
import { needing, rows, state, unfiltered } from "./store.js";
import { keep } from "./sync.js";

effect(() => badge("notes", needing.value));

const sought = signal("");

// The list, and the note that is chosen: beside it where there is room, elsewhere in its place.
export default function NotesPage() {
  const scroller = useRef(null);
  const chosen = place.value.path[1];
  // a chosen note stays where it is, and so does whoever has scrolled
  useEffect(() => keep(() => ({ atOnce: !place.value.path[1] && !(scroller.current?.scrollTop > 0) })), []);
  const { loaded, next } = state.value;
  if (loaded && !rows.value.length && !next && unfiltered() && !chosen) return html`<${FirstRun} />`;
  return html`
    <div class="notes" data-chosen=${Boolean(chosen)}>
      <section class="notes-side" ref=${scroller} key=${language.value}>
        <${Head} sought=${sought} />
        ${sought.value ? html`<${Found} words=${sought.value} />` : html`<${List} scroller=${scroller} />`}
      </section>
      <section class="notes-note"><${Beside} id=${chosen} query=${place.value.query} /></section>
    </div>
  `;
}
