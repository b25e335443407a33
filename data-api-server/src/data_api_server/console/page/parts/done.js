import { html, signal, useEffect } from "../lib/html.js";
import { useKeys } from "../lib/keys.js";
import { t } from "../lib/words.js";

const SHOWN = 8000; // milliseconds

const last = signal(null);

// Says what was done, with Undo: `done(t("notes.archived", { count: 3 }), () => …)`.
export const done = (text, undo = null) => (last.value = { text, undo });

export function Done() {
  const { text, undo } = last.value ?? {};
  const back = () => {
    last.value = null;
    undo?.();
  };
  useKeys(undo ? { z: back } : {});
  useEffect(() => {
    if (!text) return undefined;
    const timer = setTimeout(() => (last.value = null), SHOWN);
    return () => clearTimeout(timer);
  }, [last.value]);
  return html`
    <div class="done" role="status" data-shown=${Boolean(text)}>
      ${text && html`<span>${text}</span>`}
      ${undo && html`<button type="button" onClick=${back}><b>${t("done.undo")}</b> <kbd>Z</kbd></button>`}
    </div>
  `;
}
