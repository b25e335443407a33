import { html, useEffect, useRef } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { PlayIcon } from "../parts/play-icon.js";
import { LineState } from "./line-state.js";

// A line as a field. It saves itself; Ctrl+Enter goes on to the next line, Escape leaves.
export function LineEdit({ index, text, drafts, draft, onPlay, onNext, onLeave }) {
  const field = useRef(null);
  const fit = () => {
    field.current.style.height = "auto";
    field.current.style.height = `${field.current.scrollHeight}px`;
  };
  useEffect(() => {
    field.current.focus();
    fit();
    return () => drafts.send(index);
  }, []);
  const onInput = (event) => (drafts.type(index, event.target.value), fit());
  const onKeyDown = (event) => {
    if (event.key === "Escape") onLeave();
    else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) onNext(index);
      else onLeave();
    }
  };
  return html`
    <textarea ref=${field} rows="1" dir="auto" aria-label=${t("note.line")} value=${text} onInput=${onInput} onKeyDown=${onKeyDown}></textarea>
    <div class="line-tools">
      ${onPlay && html`<${Button} onClick=${onPlay}><${PlayIcon} name="play" size="12" />${t("note.play-line")}<//>`}
      <${LineState} draft=${draft} />
      <${Button} kind="quiet" onClick=${onLeave}>${t("note.leave")} <kbd>Esc</kbd><//>
    </div>
  `;
}
