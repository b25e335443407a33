import { html } from "../lib/html.js";
import { t } from "../lib/words.js";

export default function NotesPage() {
  return html`<h1>${t("nav.notes")}</h1>`;
}
