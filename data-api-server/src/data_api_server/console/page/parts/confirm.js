import { html, useEffect, useId, useRef } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "./button.js";

// Asks in place before something final; focus starts on Keep, and Escape keeps, too.
export function Confirm({ title, text, action, keep = t("confirm.keep"), working = false, onDo, onKeep }) {
  const box = useRef(null);
  const id = useId();
  useEffect(() => box.current.querySelector("[data-keep]").focus(), []);
  const onKeyDown = (event) => event.key === "Escape" && (event.stopPropagation(), onKeep());
  return html`
    <div class="confirm" role="alertdialog" aria-labelledby=${id} aria-describedby="${id}-text" ref=${box} onKeyDown=${onKeyDown}>
      <p id=${id} class="confirm-title">${title}</p>
      <p id="${id}-text">${text}</p>
      <div class="buttons">
        <${Button} kind="final" working=${working} onClick=${onDo}>${action}<//>
        <${Button} data-keep onClick=${onKeep}>${keep}<//>
      </div>
    </div>
  `;
}
