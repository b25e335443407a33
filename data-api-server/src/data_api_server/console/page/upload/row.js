import { html, useEffect, useRef } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";
import { StatusMark } from "../parts/status-mark.js";
import { choose } from "./drop.js";
import { change, pause, rate, readAgain, remove, resume } from "./queue.js";
import { what } from "./what.js";

export function Row({ item }) {
  const { id, name, state, problem } = item;
  const amber = ["paused", "stopped", "lost"].includes(state);
  return html`
    <li class="upload-row" data-amber=${amber}>
      <${StatusMark} status=${amber ? "waiting" : "received"} plain />
      <div class="upload-what">
        <p><b class="upload-name">${name}</b> <span class="upload-size">${what(item)}</span><span class="upload-said">${said(item)}</span></p>
        ${state !== "next" && html`<${Progress} item=${item} />`}
        ${problem && html`<p class="upload-cause">${t(problem, { percent: percent(item) })} ${item.text}</p>`}
      </div>
      <${Action} item=${item} />
      <button class="icon-button" aria-label=${t("upload.remove", { name })} onClick=${() => remove(id)}><${Icon} name="close" size=${16} /></button>
    </li>
  `;
}

function Progress({ item }) {
  const bar = useRef(null);
  useEffect(() => bar.current.style.setProperty("--part", `${percent(item)}%`));
  return html`<div class="upload-bar" ref=${bar} role="progressbar" aria-label=${item.name} aria-valuenow=${percent(item)}><span></span></div>`;
}

function Action({ item: { id, name, size: bytes, state, source } }) {
  const again = ([{ file } = {}]) => file && (file.name === name && file.size === bytes ? resume(id, file) : change(id, { problem: "upload.other" }));
  if (state === "going" || state === "next") return html`<${Button} onClick=${() => pause(id)}>${t("upload.pause")}<//>`;
  if (state === "lost" && source) return html`<${Button} onClick=${() => readAgain(id)}>${t("upload.resume")}<//>`;
  if (state === "lost") return html`<${Button} onClick=${(event) => choose(event, again)}>${t("upload.choose-one")}<//>`;
  return html`<${Button} onClick=${() => resume(id)}>${t("upload.resume")}<//>`;
}

const percent = ({ sent, size: bytes }) => Math.floor((100 * sent) / bytes);

function said(item) {
  const at = { percent: percent(item) };
  if (item.state === "next") return t("upload.next");
  if (item.state === "paused") return t("upload.paused", at);
  if (item.state !== "going") return t("upload.stopped", at);
  const minutes = rate.value ? Math.ceil((item.size - item.sent) / rate.value / 60) : 0;
  return minutes ? t("upload.left", { ...at, minutes }) : `${at.percent}%`;
}
