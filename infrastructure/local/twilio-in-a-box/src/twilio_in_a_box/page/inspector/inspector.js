import { clear, pause } from "../app/events.js";
import { html } from "../lib/html.js";
import { change, state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { Entry } from "./entry.js";
import { Filters, passes } from "./filters.js";

// What went over the wire, the newest first; one entry is open.
export function Inspector() {
  const { events, held, paused } = state;
  const shown = events.filter((one) => passes(one, state.filter));
  return html`
    <section class="inspector" aria-labelledby="inspector-title">
      <header>
        <h2 id="inspector-title">${t("inspector.title")}</h2>
        <p class="inspector-count">${t("inspector.count", { count: events.length })}</p>
        <button type="button" class="link" onClick=${() => pause(!paused)}>${t(paused ? "inspector.go-on" : "inspector.pause")}</button>
        <button type="button" class="link" onClick=${clear}>${t("inspector.clear")}</button>
      </header>
      <${Filters} />
      ${paused && html`<p class="inspector-paused" role="status">${t("inspector.held", { count: held.length })}
        ${held.length > 0 && html`<button type="button" class="link" onClick=${() => pause(false)}>${t("inspector.show")}</button>`}</p>`}
      ${shown.length === 0
        ? html`<p class="inspector-none">${t(events.length ? "inspector.none-of-these" : "inspector.none")}</p>`
        : html`<ol class="inspector-list" tabindex="0" aria-label=${t("inspector.list")}>${shown.map((one) => html`
            <${Entry} key=${one.id} event=${one} open=${state.open === one.id} onToggle=${() => change({ open: state.open === one.id ? null : one.id })} />
          `)}</ol>`}
    </section>
  `;
}
