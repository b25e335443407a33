import { size } from "../lib/format.js";
import { html } from "../lib/html.js";
import { known, t } from "../lib/words.js";
import { NoteZip } from "./note-zip.js";

const named = ({ file_type: type, key }) => {
  const word = `note.file.${type.replace(/-\d+$/, "")}`;
  return `${known(word) ? t(word) : type}, ${key.split(".").at(-1)}`;
};

export function NoteFiles({ open, note }) {
  return html`
    <section data-panel="files">
      <h2 class="heading">${t("note.files")}</h2>
      <ul class="side-files">
        ${note.artifacts.map((file) => html`
          <li key=${file.key}>${file.size === null
            ? html`<span>${named(file)}</span><span>${t("note.file.gone")}</span>`
            : html`<a href=${file.url} target="_blank" rel="noopener">${named(file)}</a><span>${size(file.size)}</span>`}</li>`)}
      </ul>
      ${note.artifacts.length > 1 && html`<${NoteZip} open=${open} />`}
    </section>
  `;
}
