import { html, useState } from "../lib/html.js";
import { size } from "../lib/format.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { add, largest } from "./queue.js";

// Opens the browser's own window for files; `take` gets what was chosen.
export function choose(event, take = add) {
  const input = Object.assign(document.createElement("input"), { type: "file", multiple: take === add });
  input.onchange = () => take([...input.files]);
  input.click();
}

export function Drop() {
  const [over, setOver] = useState(false);
  const onDrop = (event) => {
    event.preventDefault();
    setOver(false);
    add([...event.dataTransfer.files]);
  };
  const onDragOver = (event) => (event.preventDefault(), setOver(true));
  return html`
    <button class="upload-drop" data-over=${over} onClick=${choose} onDrop=${onDrop} onDragOver=${onDragOver} onDragLeave=${() => setOver(false)}>
      <${Icon} name="upload" />
      <span><b>${t("upload.drop")}</b><span>${t("upload.drop.text", { most: largest.value ? size(largest.value) : "…" })}</span></span>
    </button>
  `;
}
