import { href } from "../app/router.js";
import { html } from "../lib/html.js";
import { size } from "../lib/format.js";
import { known, t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { StatusMark } from "../parts/status-mark.js";
import { clear, largest, remove } from "./queue.js";
import { what } from "./what.js";

// Files that are notes now, and files that cannot become one.
export function Arrived({ items }) {
  if (!items.length) return null;
  return html`
    <div class="upload-arrived">
      <h2>${t("upload.arrived")} <span>${items.length}</span></h2>
      <button class="link" onClick=${clear}>${t("upload.clear")}</button>
    </div>
    <ul>${items.map((one) => html`<${Done} key=${one.id} item=${one} />`)}</ul>
  `;
}

function Done({ item }) {
  const { id, name, state, status, problem, text, messageId } = item;
  const mark = state === "refused" ? "refused" : status;
  const why = problem ? t(problem, { most: size(largest.value) }) : reason(status, text);
  return html`
    <li class="upload-row" data-status=${mark}>
      <${StatusMark} status=${mark} plain />
      <div class="upload-what">
        <p><b class="upload-name">${name}</b> <span class="upload-size">${what(item)}</span><span class="upload-said">${why}</span></p>
      </div>
      ${messageId && html`<a class="button" href=${href(["notes", messageId])} aria-label=${t("upload.open-one", { name })}>${t("upload.open")}</a>`}
      <button class="icon-button" aria-label=${t("upload.hide", { name })} onClick=${() => remove(id)}><${Icon} name="close" size=${16} /></button>
    </li>
  `;
}

function reason(status, text) {
  if (!text || !["refused", "waiting", "parked"].includes(status)) return t(`status.${status}`);
  return `${t(`status.${status}`)}: ${known(`upload.why.${text}`) ? t(`upload.why.${text}`) : text}`;
}
