import { href } from "../app/router.js";
import { dayName, length, time } from "../lib/format.js";
import { html, useEffect, useRef } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Lines } from "./lines.js";
import { keyOf, sound } from "./sound.js";
import { SoundBar } from "./sound-bar.js";

// The side card, and the sheet on a phone: the words that a statement stands on, marked in their sentence.
export function Source({ citation, onClose }) {
  const { title, sender_name: name, received_at: at, start, message_id: id } = citation;
  const box = useRef(null);
  useEffect(() => box.current.scrollTo(0, 0), [citation]);
  const spoken = start !== null;
  const plays = sound.value.playing && sound.value.key === keyOf(citation);
  const how = spoken ? t(plays ? "source.playing" : "source.said", { time: length(start) }) : t("source.wrote");
  return html`
    <aside class="source" aria-label=${t("source.title")} ref=${box}>
      <div class="source-card">
        <header>
          <div><p class="source-how">${how}</p>
            <h2>${title || t("source.untitled")}</h2>
            <p>${name} · ${dayName(at)} ${time(at)}</p></div>
          <button type="button" class="icon-button" aria-label=${t("shell.close")} onClick=${onClose}><${Icon} name="close" /></button>
        </header>
        ${spoken && html`<${SoundBar} citation=${citation} />`}
        <${Lines} citation=${citation} />
        <a class="source-open" href=${href(["notes", id], { at: start })}>${t("source.open")}</a>
      </div>
      <p class="source-note">${t(spoken ? "source.compared" : "source.compared-text")}</p>
    </aside>
  `;
}
