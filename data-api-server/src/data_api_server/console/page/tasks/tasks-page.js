import { html, useEffect, useRef, useState } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";
import { AddTask } from "./add-task.js";
import { ExportMenu } from "./export-menu.js";
import { choose, Filters } from "./filters.js";
import { useTaskKeys } from "./keys.js";
import { TaskList } from "./list.js";
import { filter, more, tasks } from "./state.js";
import { keep } from "./sync.js";

const TYPED = 250; // milliseconds without a key, before it is searched

const hint = (keys, name) => html`<span key=${name}>${keys.map((one) => html`<kbd>${one}</kbd> `)}${t(`tasks.key.${name}`)}</span>`;

export default function TasksPage() {
  const [adding, setAdding] = useState(false);
  const search = useRef(null);
  const timer = useRef(null);
  useEffect(keep, []);
  useTaskKeys({ search: () => search.current.focus(), add: () => can("write") && setAdding(true) });
  const typed = ({ target }) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => choose({ text: target.value.trim() }), TYPED);
  };
  const open = tasks.value?.filter((one) => !one.done_at).length ?? 0;
  return html`
    <div class="tasks">
      <header class="page-head">
        <h1>${t("nav.tasks")}</h1>
        <p class="page-about" role="status">${tasks.value && filter.value.state === "open" && t("tasks.open", { count: open }) + (more.value ? "+" : "")}</p>
        <label class="search"><span class="unseen">${t("tasks.search")}</span><${Icon} name="search" size=${18} />
          <input type="search" ref=${search} placeholder=${t("tasks.search")} defaultValue=${filter.value.text} onInput=${typed} maxlength="200" /><kbd aria-hidden="true">/</kbd></label>
        ${can("write") && html`<${Button} onClick=${() => setAdding(true)}><${Icon} name="plus" size=${16} /><span class="task-add-word">${t("tasks.add")}</span><//>`}
        <${ExportMenu} />
      </header>
      <div class="tasks-body">
        <${Filters} />
        ${adding && html`<${AddTask} onEnd=${() => setAdding(false)} />`}
        <${TaskList} />
      </div>
      <footer class="tasks-keys" aria-hidden="true">
        ${hint(["J", "K"], "move")}${can("write") && [["Space", "done"], ["E", "edit"], ["D", "due"], ["O", "owner"]].map(([key, name]) => hint([key], name))}${hint(["↵"], "open")}
      </footer>
    </div>
  `;
}
