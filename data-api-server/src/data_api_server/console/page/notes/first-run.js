import { PAGES } from "../app/pages.js";
import { href } from "../app/router.js";
import { html } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { StatusMark } from "../parts/status-mark.js";

const STAGES = ["received", "heard", "understood", "filed", "searchable"];

// Before the first note: the ways in, and what the marks say.
export function FirstRun() {
  const uploads = can("write") && PAGES.some((page) => page.path === "upload");
  return html`
    <div class="first">
      <section>
        <h1>${t("first.title")}<br />${t("first.title2")}</h1>
        <p class="first-text">${t("first.text")}</p>
        <ul>
          <${Way} icon="phone" name="whatsapp" />
          ${uploads && html`<${Way} icon="mic" name="record" to=${href("upload", { record: 1 })} first />`}
          ${uploads && html`<${Way} icon="upload" name="upload" to=${href("upload")} />`}
        </ul>
        <p class="first-say">${t("first.say")} <q>${t("first.example")}</q></p>
      </section>
      <aside>
        <h2>${t("first.watch")}</h2>
        <p>${t("first.watch.text")}</p>
        <ol>
          ${STAGES.map((stage) => html`<li key=${stage}><${StatusMark} status=${stage} plain />
            <b>${t(`status.${stage}`)}</b><span>${t(`first.${stage}`)}</span></li>`)}
        </ol>
        <div class="first-listening"><span class="connection-dot"></span><b>${t("first.listening")}</b><span>${t("first.listening.text")}</span></div>
      </aside>
    </div>
  `;
}

const Way = ({ icon, name, to, first = false }) => html`
  <li><span class="first-icon"><${Icon} name=${icon} /></span>
    <div><b>${t(`first.${name}`)}</b><p>${t(`first.${name}.text`)}</p></div>
    ${to && html`<a class="button" data-kind=${first ? "first" : "other"} href=${to}>${t(`first.${name}.do`)}</a>`}</li>
`;
