import { html, useState } from "../lib/html.js";
import { signOut } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Sheet } from "../parts/sheet.js";
import { badges } from "./badges.js";
import { href } from "./router.js";

// The phone's bar: three pages, and a sheet with the others.
export function Bar({ pages, page }) {
  const [more, setMore] = useState(false);
  const first = pages.filter((one) => one.bar);
  const rest = pages.filter((one) => !one.bar);
  const close = () => setMore(false);
  return html`
    <nav class="bar" aria-label=${t("shell.nav")}>
      ${first.map((one) => html`<${Tab} key=${one.path} page=${one} here=${one === page} />`)}
      <button type="button" class="bar-item" aria-haspopup="dialog" data-here=${rest.includes(page)} onClick=${() => setMore(true)}>
        <${Icon} name="more" /><span>${t("nav.more")}</span>
      </button>
    </nav>
    ${more && html`<${Sheet} title=${t("nav.more")} onClose=${close}>
      <ul class="sheet-list">
        ${rest.map((one) => html`<li key=${one.path}><a class="nav-item" href=${href(one.path)} onClick=${close}>
          <${Icon} name=${one.icon} />${t(`nav.${one.path}`)}${one.counts && badges.value[one.path] ? html`<span class="nav-count">${t(`${one.counts}.live`, { count: badges.value[one.path] })}</span>` : null}</a></li>`)}
        <li><button type="button" class="nav-item" onClick=${() => signOut()}><${Icon} name="out" />${t("session.out")}</button></li>
      </ul>
    <//>`}
  `;
}

function Tab({ page, here }) {
  const count = badges.value[page.path];
  return html`
    <a class="bar-item" href=${href(page.path)} aria-current=${here ? "page" : undefined}>
      <${Icon} name=${page.icon} /><span>${t(`nav.${page.path}`)}</span>
      ${count ? html`<span class="bar-count" aria-label=${t("nav.needs", { count })}>${count}</span>` : null}
    </a>
  `;
}
