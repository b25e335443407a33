import { place } from "../app/router.js";
import { html, useEffect, useRef, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { pause } from "../parts/player.js";
import { AskHead } from "./ask-head.js";
import { Composer } from "./composer.js";
import { keyOf } from "./marking.js";
import { OnlyThese } from "./only-these.js";
import { running } from "./questions.js";
import { Source } from "./source.js";
import { ANYTHING, current, open, scope } from "./store.js";
import { Turn } from "./turn.js";

// Questions to the notes. `#/ask?note=ID` asks one note alone.
export default function AskPage() {
  const [source, setSource] = useState(null);
  const foot = useRef(null);
  const thread = current();
  const close = () => (pause(), setSource(null));
  useEffect(() => pause, []); // the sound does not go on on another page
  useEffect(close, [open.value]);
  useEffect(() => void foot.current?.scrollIntoView({ block: "end" }), [thread?.turns.length]);
  useEffect(() => {
    const { note, title } = place.value.query;
    if (!note) return;
    open.value = null;
    scope.value = { ...ANYTHING, notes: [{ id: note, title: title ?? note }] };
  }, [place.value]);
  useEffect(() => {
    const onKeyDown = (event) => event.key === "Escape" && !event.defaultPrevented && (running.value ? running.value() : close());
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
  const onSource = (citation) => {
    setSource(citation);
    if (citation.start === null) pause();
  };
  return html`
    <div class="ask" data-source=${Boolean(source)}>
      <${AskHead} />
      <div class="ask-thread">
        <div class="ask-turns">
          ${!thread && html`<div class="ask-empty"><p class="ask-title">${t("ask.title")}</p><p>${t("ask.text")}</p></div>`}
          ${thread?.turns.map((turn) => html`<${Turn} key=${turn.id} turn=${turn} chosen=${source && keyOf(source)} onSource=${onSource} />`)}
          ${thread && html`<${OnlyThese} turn=${thread.turns.at(-1)} />`}
          <div ref=${foot}></div>
        </div>
        <${Composer} more=${Boolean(thread)} />
      </div>
      ${source ? html`<${Source} citation=${source} onClose=${close} />` : html`<aside class="source source-empty"><p>${t("source.none")}</p></aside>`}
    </div>
  `;
}
