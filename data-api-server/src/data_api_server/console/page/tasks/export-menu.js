import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { done } from "../parts/done.js";
import { Icon } from "../parts/icon.js";
import { Menu, MenuItem } from "../parts/menu.js";
import { Subscription } from "./subscription.js";
import { download } from "./download.js";
import { filter } from "./state.js";

const FORMATS = ["csv", "md", "json", "ics"];

export function ExportMenu() {
  const save = (format, close) => {
    close();
    download(format, filter.value).catch(() => done(t("tasks.no-file")));
  };
  return html`
    <${Menu} label=${html`${t("tasks.export")} <${Icon} name="down" size=${16} />`}>
      ${(close) => html`
        ${FORMATS.map((one) => html`<${MenuItem} key=${one} note=${`.${one}`} onClick=${() => save(one, close)}>${t(`tasks.as.${one}`)}<//>`)}
        <${Subscription} />
      `}
    <//>
  `;
}
