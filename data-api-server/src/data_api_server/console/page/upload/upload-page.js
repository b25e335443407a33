import { html, useEffect } from "../lib/html.js";
import { duration, size } from "../lib/format.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Arrived } from "./arrived.js";
import { choose, Drop } from "./drop.js";
import { items, pause, rate, readAgain, restore, resume } from "./queue.js";
import { Recorder } from "./recorder.js";
import { Row } from "./row.js";

export default function UploadPage() {
  useEffect(() => void restore().catch(() => {}), []); // the banner says that the server does not answer
  const [done, open] = [["arrived", "refused"], items.value.filter((one) => !["arrived", "refused"].includes(one.state))];
  return html`
    <div class="upload">
      <header class="page-head">
        <h1>${t("nav.upload")}</h1>
        <p class="page-about" role="status">${told()}</p>
        ${open.length > 0 && html`<${All} />`}
        <${Button} kind="first" onClick=${choose}>${t("upload.choose")}<//>
      </header>
      <section class="upload-files" aria-label=${t("upload.files")}>
        <${Drop} />
        <ul>${open.map((one) => html`<${Row} key=${one.id} item=${one} />`)}</ul>
        <${Arrived} items=${items.value.filter((one) => done.includes(one.state))} />
      </section>
      <${Recorder} />
    </div>
  `;
}

function All() {
  const going = items.value.filter((one) => ["going", "next"].includes(one.state));
  const paused = items.value.filter((one) => ["paused", "stopped"].includes(one.state) || (one.state === "lost" && one.source));
  if (going.length) return html`<${Button} onClick=${() => going.forEach((one) => pause(one.id))}>${t("upload.pause-all")}<//>`;
  return paused.length > 0 && html`<${Button} onClick=${() => paused.forEach((one) => (one.state === "lost" ? readAgain(one.id) : resume(one.id)))}>${t("upload.resume-all")}<//>`;
}

const left = () => items.value.reduce((sum, one) => sum + (["going", "next"].includes(one.state) ? one.size - one.sent : 0), 0);

function told() {
  const going = items.value.filter((one) => one.state === "going").length;
  if (!items.value.length) return "";
  const parts = [t("upload.count", { count: items.value.length })];
  if (going) parts.push(t("upload.going", { number: going }));
  if (going && rate.value) parts.push(`${size(rate.value)}/s`, t("upload.about", { time: duration(Math.max(60, left() / rate.value)) }));
  return parts.join(", ");
}
