import { html, useEffect, useRef } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Due } from "./due.js";
import { Owner } from "./owner.js";
import { SaidAt } from "./source.js";
import { Text } from "./text.js";
import { change, finish } from "./changes.js";
import { chosen } from "./state.js";

export function TaskRow({ task }) {
  const row = useRef(null);
  const here = chosen.value === task.task_id;
  useEffect(() => {
    if (here) row.current.scrollIntoView({ block: "nearest" });
  }, [here]);
  const choose = () => (chosen.value = task.task_id);
  return html`
    <li class="task" ref=${row} data-chosen=${here} data-done=${Boolean(task.done_at)} onClick=${choose} onFocusIn=${choose}>
      <button type="button" role="checkbox" class="task-check" aria-checked=${Boolean(task.done_at)} disabled=${!can("write")} aria-label=${task.text} onClick=${() => finish(task)}><${Icon} name="check" size=${12} /></button>
      <${Text} task=${task} />
      <${SaidAt} source=${task.source} />
      <${Owner} task=${task} />
      <span class="task-when">
        <${Due} task=${task} />
        ${task.done_at && can("write") && html`<button type="button" class="link" onClick=${() => change(task, { done: false })}>${t("done.undo")}</button>`}
      </span>
    </li>
  `;
}
