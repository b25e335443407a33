import { html, useComputed, useEffect, useRef, useSignal, useSignalEffect, useState } from "../lib/html.js";
import { useKeys } from "../lib/keys.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { moves, needsYou } from "../notes/about.js";
import { player } from "../parts/player.js";
import { Line } from "./line.js";
import { severalSpeak } from "./of-call.js";
import { lineAt } from "./places.js";
import { quotedPart } from "./quotes.js";

// The note's words. They follow what is being said until somebody scrolls; a button follows again.
export function Transcript({ open, note, quote }) {
  const list = useRef(null);
  const following = useSignal(true);
  const [editing, setEditing] = useState(null);
  const said = useComputed(() => (player.value.messageId === note.message_id && open.note.value ? lineAt(open.note.value.segments, player.value.at) : -1));
  const show = (index) => list.current?.children[index]?.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  useSignalEffect(() => {
    if (said.value >= 0 && following.value && editing === null) show(said.value);
  });
  useEffect(() => {
    const quoted = note.segments.findIndex((one) => quotedPart(one.text, quote));
    if (quoted >= 0 && said.peek() < 0) show(quoted);
    const stop = () => (following.value = false);
    const events = ["wheel", "touchmove"];
    const page = list.current.closest(".note").parentElement;
    events.forEach((name) => page.addEventListener(name, stop, { passive: true }));
    return () => events.forEach((name) => page.removeEventListener(name, stop));
  }, [quote]);
  const several = severalSpeak(note);
  const write = can("write");
  const edit = (index) => write && index >= 0 && index < note.segments.length && setEditing(index);
  const nextLine = (index) => (index + 1 < note.segments.length ? setEditing(index + 1) : setEditing(null));
  useKeys(write ? { e: () => edit(Math.max(said.value, 0)) } : {});
  return html`
    <section class="words" data-panel="words" aria-label=${t(note.duration ? "note.transcript" : "note.text")}>
      ${!note.segments.length && !moves(note) && !needsYou(note) && html`<p class="words-none" dir="auto">${note.full_text || t("note.no-words")}</p>`}
      <ol ref=${list}>
        ${note.segments.map((segment, index) => html`
          <${Line} key=${index} index=${index} segment=${segment} open=${open} note=${note} said=${said} quote=${quote} several=${several}
            editing=${editing === index} onEdit=${write && edit} onNext=${nextLine} onLeave=${() => setEditing(null)} />`)}
      </ol>
      ${!following.value && said.value >= 0 && html`<button type="button" class="button words-follow" onClick=${() => (following.value = true)}>${t("note.follow")}</button>`}
    </section>
  `;
}
