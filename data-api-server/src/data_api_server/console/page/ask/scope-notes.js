import { api } from "../lib/api.js";
import { dayName } from "../lib/format.js";
import { html, useEffect, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Menu } from "../parts/menu.js";
import { scope } from "./store.js";

const AFTER = 250; // milliseconds without a key

const ask = (notes) => (scope.value = { ...scope.value, notes });

// Which notes: `none` says what it means if none is chosen, `clear` what leads to that.
export function ScopeNotes({ notes = scope.value.notes, onNotes = ask, none = t("ask.all-notes"), clear = none, most = 100, class: name = "chip" }) {
  const label = html`${notes.length ? t("ask.notes", { count: notes.length }) : none}<${Icon} name="down" size="16" />`;
  return html`<${Menu} class=${name} align="start" label=${label}>${() => html`<${Choice} notes=${notes} onNotes=${onNotes} clear=${clear} most=${most} />`}<//>`;
}

// The latest notes, or those with these words; ticked ones alone are asked.
function Choice({ notes, onNotes, clear, most }) {
  const [text, setText] = useState("");
  const [found, setFound] = useState([]);
  useEffect(() => {
    const read = () => api.get("v1/notes", { text, limit: 20 }).then(({ data }) => setFound(data.notes), () => setFound([]));
    const timer = setTimeout(read, text ? AFTER : 0);
    return () => clearTimeout(timer);
  }, [text]);
  const others = found.filter((one) => !notes.some(({ id }) => id === one.message_id));
  const tick = (note) => {
    const without = notes.filter(({ id }) => id !== note.id);
    onNotes(without.length < notes.length ? without : [...notes, note].slice(0, most));
  };
  const line = (note, ticked, about = "") => html`
    <label key=${note.id} class="check menu-check"><input type="checkbox" checked=${ticked} onChange=${() => tick(note)} />
      <span>${note.title}${about && html` <small>${about}</small>`}</span></label>
  `;
  return html`
    <div class="scope-notes">
      <label class="unseen" for="ask-notes">${t("ask.find-notes")}</label>
      <input id="ask-notes" type="search" value=${text} placeholder=${t("ask.find-notes")} onInput=${(event) => setText(event.target.value)} />
      ${notes.length > 0 && html`<button type="button" class="menu-item" onClick=${() => onNotes([])}>${clear}</button>`}
      ${notes.map((note) => line(note, true))}
      ${others.map((one) => line({ id: one.message_id, title: one.title ?? t("source.untitled") }, false, `${one.sender_name} · ${dayName(one.received_at)}`))}
      ${!found.length && text && html`<p class="menu-foot">${t("ask.no-notes", { text })}</p>`}
    </div>
  `;
}
