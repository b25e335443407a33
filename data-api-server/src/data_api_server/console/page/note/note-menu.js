import { href } from "../app/router.js";
import { html } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { done } from "../parts/done.js";
import { Icon } from "../parts/icon.js";
import { Menu, MenuItem } from "../parts/menu.js";
import { player } from "../parts/player.js";

export function NoteMenu({ open, note, onErase }) {
  const at = () => (player.value.messageId === note.message_id ? Math.floor(player.value.at) : undefined);
  const copy = () => {
    navigator.clipboard.writeText(new URL(href(["notes", note.message_id], { at: at() }), location.href).href);
    done(t("note.copied"));
  };
  const again = () => open.save({ understand: true }, () => true).then(() => done(t("note.reading")), (error) => done(error.detail || t("notice.no-answer")));
  const item = (close, act) => () => (close(), act());
  return html`
    <${Menu} class="icon-button" label=${html`<${Icon} name="more" />`} name=${t("note.more")}>
      ${(close) => html`
        <${MenuItem} onClick=${item(close, copy)}>${t("note.copy")}<//>
        ${can("write") && html`<a class="menu-item" href=${href("analyses", { note: note.message_id, title: note.title })}>${t("analyses.this")}</a>`}
        ${can("write") && note.structure && html`<${MenuItem} onClick=${item(close, again)}>${t("note.again")}<//>`}
        ${can("erase") && html`<${MenuItem} class="menu-item note-erase" onClick=${item(close, onErase)}>${t("note.erase")}<//>`}
      `}
    <//>
  `;
}
