import { day } from "../lib/format.js";
import { html } from "../lib/html.js";
import { language, t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Menu, MenuItem } from "../parts/menu.js";
import { scope } from "./store.js";

const DAY = 86_400_000;

// A day, some days later: "2026-11-30" and 1 are "2026-12-01".
const later = (from, days) => new Date(Date.parse(from) + days * DAY).toISOString().slice(0, 10);
const said = (value) => new Date(`${value}T12:00:00Z`).toLocaleDateString(language.value, { timeZone: "UTC", day: "numeric", month: "short" });

// Since a day, up to and with another one; the API's `until` is the day after it.
export function ScopeTime() {
  const { since, until } = scope.value;
  const set = (changed) => (scope.value = { ...scope.value, ...changed });
  const last = until && later(until, -1);
  const text = since && last ? `${said(since)} – ${said(last)}` : since ? t("ask.since", { day: said(since) }) : last ? t("ask.until", { day: said(last) }) : t("ask.any-time");
  const today = day(new Date());
  const presets = { "any-time": "", today, week: later(today, -6), month: later(today, -29), year: `${today.slice(0, 4)}-01-01` };
  const changed = (name, value) => (event) => (event.target.validity.valid ? set({ [name]: value(event.target.value) }) : undefined);
  return html`
    <${Menu} class="chip" align="start" label=${html`${text}<${Icon} name="down" size="16" />`}>${(close) => html`
      ${Object.entries(presets).map(([name, from]) => html`
        <${MenuItem} key=${name} aria-pressed=${!until && since === from} onClick=${() => (set({ since: from, until: "" }), close())}>${t(`ask.${name}`)}<//>`)}
      <div class="scope-days">
        <label>${t("ask.first-day")}<input type="date" value=${since} max=${last || today} onChange=${changed("since", (value) => value)} /></label>
        <label>${t("ask.last-day")}<input type="date" value=${last} min=${since} onChange=${changed("until", (value) => value && later(value, 1))} /></label>
      </div>
    `}<//>
  `;
}
