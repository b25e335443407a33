import { dayName } from "../lib/format.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Citation } from "../parts/citation.js";
import { Icon } from "../parts/icon.js";
import { sourceOf } from "./sources.js";

// A day without a time belongs to no time zone: noon in UTC is on that day nearly everywhere.
const shown = (due) => dayName(due.includes("T") ? due : `${due}T12:00:00Z`);

export function TaskLine({ item, note, onEdit }) {
  const source = sourceOf(item, note.segments);
  return html`
    <div class="side-task">
      <p class="task-what" dir="auto">${item.what}
        ${onEdit && html`<button type="button" class="editable-edit" aria-label=${t("note.edit", { what: item.what })} onClick=${onEdit}><${Icon} name="edit" size="16" /></button>`}</p>
      <p class="task-more"><span><span dir="auto">${item.who || t("note.task.nobody")}</span> · <span dir="auto">${item.due ? shown(item.due) : item.by_when || t("note.task.no-day")}</span></span>
        ${source && html`<${Citation} bare messageId=${note.message_id} at=${source.start} />`}</p>
    </div>
  `;
}
