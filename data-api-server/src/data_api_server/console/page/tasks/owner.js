import { html, useEffect, useId, useRef } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { change } from "./changes.js";
import { editing, left, owners } from "./state.js";

const initials = (name) => {
  const words = name.split(/\s+/u);
  return [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...word][0] ?? "").join("").toUpperCase();
};

const Face = ({ name }) => html`<span class="task-face" data-empty=${!name} aria-hidden="true">${name && initials(name)}</span>`;

function Edit({ task }) {
  const field = useRef(null);
  const id = useId();
  const over = useRef(false);
  useEffect(() => field.current.select(), []);
  const end = () => left(task, "owner");
  const save = () => {
    if (over.current) return;
    over.current = true;
    end();
    const owner = field.current.value.trim() || null;
    if (owner !== task.owner) change(task, { owner });
  };
  const onKeyDown = (event) => {
    if (event.key === "Enter") save();
    if (event.key === "Escape") {
      over.current = true;
      end();
    }
  };
  return html`
    <input class="task-owner-field" ref=${field} list=${id} maxlength="200" aria-label=${t("tasks.owner")} defaultValue=${task.owner ?? ""} onKeyDown=${onKeyDown} onBlur=${save} />
    <datalist id=${id}>${owners.value.map((name) => html`<option key=${name} value=${name} />`)}</datalist>
  `;
}

export function Owner({ task }) {
  if (editing.value?.id === task.task_id && editing.value.field === "owner") return html`<${Edit} task=${task} />`;
  const shown = html`<${Face} name=${task.owner} /><bdi>${task.owner ?? t("tasks.nobody")}</bdi>`;
  if (!can("write")) return html`<span class="task-owner">${shown}</span>`;
  const edit = () => (editing.value = { id: task.task_id, field: "owner" });
  return html`<button type="button" class="task-owner" id=${`owner-${task.task_id}`} onClick=${edit}><span class="unseen">${t("tasks.owner")}: </span>${shown}</button>`;
}
