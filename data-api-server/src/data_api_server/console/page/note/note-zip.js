import { saveFile } from "../lib/file.js";
import { html, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { zip } from "../lib/zip.js";

const fetched = async ({ key, url }) => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(String(answer.status));
  return { name: key.split("/").at(-1), blob: await answer.blob() };
};

// All files of the note as one. The browser makes it of the files' own addresses, which are asked for again: they expire.
export function NoteZip({ open }) {
  const [done, setDone] = useState(null); // how many files have come; null while nothing is made
  const [failed, setFailed] = useState(false);
  const make = async () => {
    setFailed(false);
    setDone(0);
    try {
      await open.load();
      const note = open.note.value;
      const files = [];
      for (const one of note.artifacts.filter(({ size }) => size !== null)) setDone(files.push(await fetched(one)));
      saveFile(`${note.tag || note.message_id}.zip`, await zip(files), "application/zip");
    } catch {
      setFailed(true);
    }
    setDone(null);
  };
  return html`
    <button type="button" class="link side-zip" disabled=${done !== null} onClick=${make}>${t("note.zip")}</button>
    <span role="status" class="side-none">${done !== null && t("note.zip.made", { done, all: open.note.value.artifacts.length })}</span>
    <p class="field-problem" role="alert">${failed && t("note.zip.failed")}</p>
  `;
}
