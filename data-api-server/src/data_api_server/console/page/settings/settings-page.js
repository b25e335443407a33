import { go, href, place } from "../app/router.js";
import { html } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Opened } from "../app/opened.js";

// The sections: the second part of the path, the scope that a key needs, and the module (its default export).
const SECTIONS = [
  { path: "keys", scope: "keys", load: () => import("./keys-section.js") },
  { path: "glossary", scope: "read", load: () => import("./glossary-section.js") },
  { path: "rules", scope: "read", load: () => import("../rules/rules-section.js") },
  { path: "webhooks", scope: "read", load: () => import("./webhooks-section.js") },
  { path: "exports", scope: "read", load: () => import("./exports-section.js") },
  { path: "language", scope: "read", load: () => import("./language-section.js") },
];

export default function SettingsPage() {
  const sections = SECTIONS.filter((one) => can(one.scope));
  const section = sections.find((one) => one.path === place.value.path[1]) ?? sections[0];
  return html`
    <div class="settings">
      <header class="settings-side">
        <h1>${t("nav.settings")}</h1>
        <nav aria-label=${t("nav.settings")}>
          ${sections.map((one) => html`
            <a key=${one.path} class="nav-item" href=${href(["settings", one.path])} aria-current=${one === section ? "page" : undefined}
              onClick=${(event) => (event.preventDefault(), go(["settings", one.path]))}>${t(`settings.${one.path}`)}</a>
          `)}
        </nav>
      </header>
      <section class="settings-section" aria-labelledby="settings-title"><${Opened} page=${section} key=${section.path} /></section>
    </div>
  `;
}
