import { html } from "../lib/html.js";
import { choose, code, language, LANGUAGES, t } from "../lib/words.js";

// The page's language.
export function Languages() {
  return html`
    <select class="plain-select" aria-label=${t("session.language")} value=${code(language.value)} onChange=${(event) => choose(event.target.value)}>
      ${Object.entries(LANGUAGES).map(([one, name]) => html`<option key=${one} value=${one} lang=${one}>${name}</option>`)}
    </select>
  `;
}
