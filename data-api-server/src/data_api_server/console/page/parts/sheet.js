import { html, useEffect, useId, useRef } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "./icon.js";

// What floats above the page: a sheet from below on a phone, a card in the middle elsewhere. Escape closes it.
export function Sheet({ title, onClose, children }) {
  const dialog = useRef(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current.showModal();
    return () => before?.focus?.();
  }, []);
  const beside = (event) => event.target === dialog.current && onClose();
  return html`
    <dialog class="sheet" ref=${dialog} aria-labelledby=${id} onClose=${onClose} onClick=${beside}>
      <header>
        <h2 id=${id}>${title}</h2>
        <button type="button" class="icon-button" aria-label=${t("shell.close")} onClick=${onClose}><${Icon} name="close" /></button>
      </header>
      ${children}
    </dialog>
  `;
}
