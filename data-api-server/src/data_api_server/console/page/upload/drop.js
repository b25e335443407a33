import { html, useState } from "../lib/html.js";
import { size } from "../lib/format.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { add, largest } from "./queue.js";

// Opens the browser's own window for files; `take` gets what was chosen, with a handle where the browser has them.
export async function choose(event, take = add) {
  const multiple = take === add;
  if (window.showOpenFilePicker) {
    const handles = await showOpenFilePicker({ multiple }).catch(() => []); // nothing was chosen
    return take(await Promise.all(handles.map(async (source) => ({ file: await source.getFile(), source }))));
  }
  const input = Object.assign(document.createElement("input"), { type: "file", multiple });
  input.onchange = () => take([...input.files].map((file) => ({ file })));
  input.click();
}

async function dropped({ items }) {
  const files = [...items].filter((one) => one.kind === "file").map((one) => [one.getAsFile(), one.getAsFileSystemHandle?.()]);
  const found = await Promise.all(files.map(async ([file, handle]) => ({ file, source: await handle })));
  add(found.filter(({ source }) => source?.kind !== "directory"));
}

export function Drop() {
  const [over, setOver] = useState(false);
  const onDrop = (event) => {
    event.preventDefault();
    setOver(false);
    dropped(event.dataTransfer);
  };
  const onDragOver = (event) => (event.preventDefault(), setOver(true));
  return html`
    <button class="upload-drop" data-over=${over} onClick=${choose} onDrop=${onDrop} onDragOver=${onDragOver} onDragLeave=${() => setOver(false)}>
      <${Icon} name="upload" />
      <span><b>${t("upload.drop")}</b><span>${t("upload.drop.text", { most: largest.value ? size(largest.value) : "…" })}</span></span>
    </button>
  `;
}
