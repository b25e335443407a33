import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Languages } from "../session/languages.js";

// This browser's language; what people said stays in theirs.
export default function LanguageSection() {
  return html`
    <h2 id="settings-title" class="section-title">${t("settings.language")}</h2>
    <p class="section-text">${t("language.text")}</p>
    <${Languages} />
  `;
}
