import { html } from "../lib/html.js";
import { session } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { badges } from "./badges.js";
import { Connection } from "./connection.js";
import { href } from "./router.js";

// The navigation at the side: names from 1200 px on, below that icons whose names show on hover and focus.
export function Nav({ pages, page, onHelp }) {
  return html`
    <nav class="nav" aria-label=${t("shell.nav")}>
      <div class="nav-company"><${Icon} name="logo" size="22" /><span>${session.value.company}</span></div>
      <ul>${pages.map((one) => html`<${Item} key=${one.path} page=${one} here=${one === page} />`)}</ul>
      <div class="nav-foot">
        <${Connection} />
        <div class="nav-key">
          <span>${t("shell.key", { name: session.value.key })}</span>
          <button type="button" class="key-cap" aria-label=${t("keys.title")} onClick=${onHelp}>?</button>
        </div>
      </div>
    </nav>
  `;
}

function Item({ page, here }) {
  const count = badges.value[page.path];
  return html`
    <li class=${page.apart ? "nav-apart" : ""}>
      <a class="nav-item" href=${href(page.path)} aria-current=${here ? "page" : undefined}>
        <${Icon} name=${page.icon} />
        <span class="nav-name">${t(`nav.${page.path}`)}</span>
        ${count ? html`<span class="nav-count" aria-label=${t(page.counts ? `${page.counts}.live` : "nav.needs", { count })}>${count}${page.counts && html`<span> ${t(`${page.counts}.now`)}</span>`}</span>` : null}
      </a>
    </li>
  `;
}
