import { api } from "../lib/api.js";
import { html, useEffect, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Menu, MenuItem } from "../parts/menu.js";
import { scope } from "./store.js";

export function ScopeSender() {
  const label = html`${scope.value.sender ? scope.value.name : t("ask.anyone")}<${Icon} name="down" size="16" />`;
  return html`<${Menu} class="chip" align="start" label=${label}>${(close) => html`<${Choice} close=${close} />`}<//>`;
}

// Who sent the latest notes: their names are told with notes alone.
function Choice({ close }) {
  const [senders, setSenders] = useState([]);
  useEffect(() => {
    const named = (notes) => [...new Map(notes.map((one) => [one.customer_id, one.sender_name]))];
    api.get("v1/notes", { limit: 100 }).then(({ data }) => setSenders(named(data.notes)), () => {});
  }, []);
  const choose = (sender, name) => {
    scope.value = { ...scope.value, sender, name };
    close();
  };
  return html`
    <${MenuItem} aria-pressed=${!scope.value.sender} onClick=${() => choose("", "")}>${t("ask.anyone")}<//>
    ${senders.map(([id, name]) => html`<${MenuItem} key=${id} aria-pressed=${scope.value.sender === id} onClick=${() => choose(id, name)}>${name}<//>`)}
  `;
}
