import { place } from "../app/router.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import NotePage from "../note/note-page.js";

export default function NotesPage() {
  const [, id] = place.value.path;
  return id ? html`<${NotePage} id=${id} key=${id} />` : html`<h1>${t("nav.notes")}</h1>`;
}
