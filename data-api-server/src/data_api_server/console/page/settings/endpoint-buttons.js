import { html } from "../lib/html.js";
import { can } from "../lib/session.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";
import { Menu, MenuItem } from "../parts/menu.js";
import { w } from "./webhook-words.js";

// What can be done with an endpoint: the likely acts as buttons, the others in a menu.
export function EndpointButtons({ endpoint: { url, paused }, acts }) {
  if (!can("write")) return null;
  const [first, others] = paused ? [["resume"], ["test", "renew", "change", "delete"]] : [["test", "renew"], ["change", "pause", "delete"]];
  return html`
    <div class="hook-buttons">
      ${first.map((one) => html`<${Button} key=${one} aria-label=${`${w(one)}: ${url}`} onClick=${acts[one]}>${w(one)}<//>`)}
      <${Menu} class="icon-button" label=${html`<${Icon} name="more" />`} name=${w("more", { url })}>
        ${(close) => others.map((one) => html`<${MenuItem} key=${one} class="menu-item ${one === "delete" ? "note-erase" : ""}" onClick=${() => (close(), acts[one]())}>${w(one)}<//>`)}
      <//>
    </div>
  `;
}
