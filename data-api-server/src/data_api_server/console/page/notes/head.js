import { href } from "../app/router.js";
import { PAGES } from "../app/pages.js";
import { lostSince } from "../lib/api.js";
import { time } from "../lib/format.js";
import { html, useEffect, useRef } from "../lib/html.js";
import { useKeys } from "../lib/keys.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { FilterMenu } from "./filter-menu.js";
import { Parts } from "./parts.js";

const PAUSE = 200; // milliseconds after the last letter

// The title, the search and the filters; they stay on top.
export function Head({ sought }) {
  const field = useRef(null);
  const timer = useRef(0);
  const lost = lostSince.value;
  useKeys({ "/": () => field.current.focus() });
  useEffect(() => () => clearTimeout(timer.current), []);
  const onInput = ({ target }) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => (sought.value = target.value.trim()), PAUSE);
  };
  const onKeyDown = (event) => {
    if (event.key !== "Escape") return;
    field.current.value = sought.value = "";
    field.current.blur();
  };
  const uploads = can("write") && PAGES.some((page) => page.path === "upload");
  return html`
    <header class="notes-head">
      <div class="notes-title">
        <h1>${t("nav.notes")}</h1>
        ${lost && html`<span class="notes-as-of">${t("notes.as-of", { time: time(lost) })}</span>`}
        ${uploads && html`<a class="icon-button phone-only" href=${href("upload", { record: 1 })} aria-label=${t("notes.record")}><${Icon} name="mic" /></a>
          <a class="icon-button phone-only" href=${href("upload")} aria-label=${t("nav.upload")}><${Icon} name="upload" /></a>`}
      </div>
      <div class="search" role="search">
        <${Icon} name="search" size="18" />
        <input ref=${field} type="search" value=${sought.peek()} onInput=${onInput} onKeyDown=${onKeyDown} maxlength="500"
          aria-label=${t("notes.search")} placeholder=${t(lost ? "notes.search-loaded" : "notes.search")} />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <div class="notes-filters"><${Parts} /><${FilterMenu} /></div>
    </header>
  `;
}
