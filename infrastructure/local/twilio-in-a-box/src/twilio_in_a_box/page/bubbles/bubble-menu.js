import { forward } from "../app/messages.js";
import { html } from "../lib/html.js";
import { change, state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Menu, MenuItem } from "../parts/menu.js";

// What can be done with a message. Forwarding is done by any phone that is shown.
export function BubbleMenu({ bubble, number, onQuote }) {
  const name = (one) => state.phones.find((phone) => phone.number === one)?.name || one;
  const entry = state.events.find((one) => one.sid === bubble.sid);
  return html`
    <${Menu} class="bubble-more" align=${bubble.direction === "in" ? "end" : "start"} name=${t("talk.more")} label=${html`<${Icon} name="down" size=${16} />`}>
      ${(close) => html`
        <${MenuItem} onClick=${() => (close(false), onQuote())}>${t("talk.reply")}<//>
        ${[number, ...state.shown.filter((one) => one !== number)].map((one) => html`
          <${MenuItem} key=${one} onClick=${() => (close(), forward(bubble, one))}>${t("talk.forward", { name: name(one) })}<//>
        `)}
        ${entry && html`<${MenuItem} onClick=${() => (close(false), change({ open: entry.id, filter: "all", view: "inspector" }))}>${t("talk.inspect")}<//>`}
      `}
    <//>
  `;
}
