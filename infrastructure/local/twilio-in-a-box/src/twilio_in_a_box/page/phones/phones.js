import { html } from "../lib/html.js";
import { state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { Waiting } from "../parts/waiting.js";
import { Phone } from "./phone.js";

export function Phones() {
  if (state.connection === "loading") return html`<${Waiting} />`;
  if (state.connection === "locked") return html`<p class="phones-none" role="alert">${t("locked")}</p>`;
  const shown = state.shown.map((number) => state.phones.find((one) => one.number === number)).filter(Boolean);
  if (!shown.length) return html`<p class="phones-none">${t(state.phones.length ? "phones.none" : "phones.no-phone")}</p>`;
  return shown.map((phone) => html`<${Phone} key=${phone.number} phone=${phone} />`);
}
