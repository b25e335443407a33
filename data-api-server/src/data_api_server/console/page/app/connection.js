import { lostSince } from "../lib/api.js";
import { time } from "../lib/format.js";
import { html } from "../lib/html.js";
import { live } from "../lib/live.js";
import { signOut } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";

// Whether what is shown moves by itself, and the way out.
export function Connection() {
  const state = lostSince.value ? "lost" : live.state.value;
  return html`
    <div class="connection" data-state=${state} role="status">
      ${state === "lost" ? html`<${Icon} name="offline" size="16" />` : html`<span class="connection-dot"></span>`}
      <span>${state === "lost" ? t("shell.lost", { time: time(lostSince.value) }) : t(`shell.${state}`)}</span>
    </div>
    <button type="button" class="nav-out" aria-label=${t("session.out")} onClick=${() => signOut()}><${Icon} name="out" size="16" /><span class="nav-name">${t("session.out")}</span></button>
  `;
}
