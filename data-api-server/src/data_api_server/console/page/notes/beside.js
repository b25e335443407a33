import { go, href } from "../app/router.js";
import { html, useEffect, useState } from "../lib/html.js";
import { useKeys } from "../lib/keys.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Notice } from "../parts/notice.js";
import { Waiting } from "../parts/waiting.js";

// The note that is chosen. Its module is loaded with the first one.
export function Beside({ id, query }) {
  const [Note, setNote] = useState(null);
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    if (id && !Note) import("../note/note-page.js").then((module) => setNote(() => module.default), () => setFailed(true));
  };
  useEffect(load, [Boolean(id)]);
  useKeys(id ? { Escape: () => go("notes") } : {});
  if (!id) return html`<p class="notes-none">${t("notes.choose")}</p>`;
  const back = html`<a class="notes-back" href=${href("notes")}><${Icon} name="left" />${t("nav.notes")}</a>`;
  if (failed) return html`${back}<${Notice} title=${t("shell.broken")} text=${t("shell.broken.text")} onAgain=${load} />`;
  return html`${back}${Note ? html`<${Note} key=${id} id=${id} query=${query} />` : html`<${Waiting} title=${t("note.one")} />`}`;
}
