import { href } from "../app/router.js";
import { api } from "../lib/api.js";
import { dayName, length, time } from "../lib/format.js";
import { html, useEffect, useRef, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { player } from "../parts/player.js";
import { Lines } from "./lines.js";
import { SourceSound } from "./source-sound.js";

// The side card, and the sheet on a phone: the words that a statement stands on, marked in their sentence.
export function Source({ citation, onClose }) {
  const { title, sender_name: name, received_at: at, start, message_id: id } = citation;
  const box = useRef(null);
  useEffect(() => box.current.scrollTo(0, 0), [citation]);
  const spoken = start !== null;
  const [note, setNote] = useState(null);
  useEffect(() => {
    let left = false;
    setNote(null);
    api.get(`v1/notes/${id}`).then(({ data }) => left || setNote(data), () => {});
    return () => (left = true);
  }, [id]);
  const { messageId, from, playing } = player.value;
  const plays = playing && messageId === id && from === start;
  const how = spoken ? t(plays ? "source.playing" : "source.said", { time: length(start) }) : t("source.wrote");
  return html`
    <aside class="source" aria-label=${t("source.title")} ref=${box}>
      <div class="source-card">
        <header>
          <div><p class="source-how">${how}</p>
            <h2 dir="auto">${title || t("source.untitled")}</h2>
            <p><bdi>${name}</bdi> · ${dayName(at)} ${time(at)}</p></div>
          <button type="button" class="icon-button" aria-label=${t("shell.close")} onClick=${onClose}><${Icon} name="close" /></button>
        </header>
        ${spoken && html`<${SourceSound} citation=${citation} note=${note} />`}
        <${Lines} citation=${citation} segments=${note?.segments ?? []} />
        <a class="source-open" href=${href(["notes", id], { at: start })}>${t("source.open")}</a>
      </div>
      <p class="source-note">${t(spoken ? "source.compared" : "source.compared-text")}</p>
    </aside>
  `;
}
