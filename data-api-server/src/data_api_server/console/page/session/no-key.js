import { html, useState } from "../lib/html.js";
import { t } from "../lib/words.js";

// Where a key comes from.
export function NoKey() {
  const [open, setOpen] = useState(false);
  return html`
    <button type="button" class="link" aria-expanded=${open} onClick=${() => setOpen(!open)}>${t("session.none")}</button>
    ${open && html`<p class="sign-in-none">${t("session.none.text")}</p>`}
  `;
}
