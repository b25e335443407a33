import { Component, html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "./icon.js";

// What floats above the page. Escape closes it, and the focus goes back to where it was.
export class Sheet extends Component {
  componentDidMount() {
    this.before = document.activeElement;
    this.dialog.showModal();
    this.dialog.querySelector("input, textarea")?.focus();
  }

  componentWillUnmount() {
    this.before?.focus?.();
  }

  render({ title, onClose, children }) {
    return html`
      <dialog class="sheet" ref=${(dialog) => (this.dialog = dialog)} aria-labelledby="sheet-title" onClose=${onClose}>
        <div class="sheet-head">
          <h2 id="sheet-title">${title}</h2>
          <button type="button" class="icon-button" aria-label=${t("close")} onClick=${onClose}><${Icon} name="close" /></button>
        </div>
        ${children}
      </dialog>
    `;
  }
}
