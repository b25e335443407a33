import { day } from "../lib/format.js";
import { computed, html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";
import { Menu } from "../parts/menu.js";
import { intent, INTENTS } from "./about.js";
import { filter, load, rows } from "./store.js";

const DAY = 86_400_000; // milliseconds
const TIMES = [0, 7, 30, 365];

const met = new Map(); // senders that a list has shown: their names by their ids
const senders = computed(() => {
  for (const note of rows.value) met.set(note.customer_id, note.sender_name);
  return [...met].sort(([, one], [, other]) => one.localeCompare(other));
});

const set = (change) => {
  filter.value = { ...filter.value, ...change };
  load();
};

// Kind, sender, time and status, each in a field of its own.
export function FilterMenu() {
  const { intent: kind = "", sender = "", since = "", part } = filter.value;
  const count = [kind, sender, since, ["refused", "archived"].includes(part)].filter(Boolean).length;
  const label = html`${count ? t("notes.filters", { count }) : t("notes.filter")}<${Icon} name="down" size="16" />`;
  const field = (name, value, options, change) => html`
    <label class="field">${t(`notes.by.${name}`)}
      <select value=${value} onChange=${({ target }) => set(change(target.value))}>
        <option value="">${t("notes.by.any")}</option>
        ${options.map(([one, text]) => html`<option key=${one} value=${one} selected=${one === value}>${text}</option>`)}
      </select>
    </label>
  `;
  const from = (days) => day(new Date(Date.now() - days * DAY));
  return html`
    <${Menu} class="chip" label=${label}>
      ${(close) => html`<div class="filter-fields">
        ${field("intent", kind, INTENTS.map((one) => [one, intent(one)]), (intent) => ({ intent: intent || undefined }))}
        ${field("sender", sender, senders.value, (sender) => ({ sender: sender || undefined }))}
        ${field("time", since, TIMES.map((days) => [from(days), t(`notes.time.${days}`)]), (since) => ({ since: since || undefined }))}
        ${field("status", part === "all" ? "" : part, ["moving", "needs", "refused", "archived"].map((one) => [one, t(`notes.part.${one}`)]), (part) => ({ part: part || "all" }))}
        <${Button} kind="quiet" onClick=${() => { filter.value = { part: "all" }; load(); close(); }}>${t("notes.filter-none")}<//>
      </div>`}
    <//>
  `;
}
