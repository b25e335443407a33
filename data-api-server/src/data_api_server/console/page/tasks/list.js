import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { ProblemNotice } from "../parts/notice.js";
import { Waiting } from "../parts/waiting.js";
import { grouped } from "./groups.js";
import { filter, load, more, problem, tasks } from "./state.js";
import { TaskRow } from "./task-row.js";

const empty = ({ state, owner, text }) =>
  text ? t("tasks.not-found", { text }) : owner ? t("tasks.none-of", { owner }) : t(`tasks.empty.${state}`);

export function TaskList() {
  if (problem.value && !tasks.value) return html`<${ProblemNotice} problem=${problem.value} title=${t("tasks.not-loaded")} onAgain=${() => load()} />`;
  if (!tasks.value) return html`<${Waiting} lines=${6} />`;
  if (!tasks.value.length) return html`<p class="tasks-empty">${empty(filter.value)}</p>`;
  return html`
    ${grouped(tasks.value).map(({ name, tasks: found }) => html`
      <section class="task-group" key=${name} aria-labelledby="tasks-${name}">
        <h2 id="tasks-${name}">${t(`tasks.group.${name}`)} <span>${found.length}</span></h2>
        <ul>${found.map((task) => html`<${TaskRow} key=${task.task_id} task=${task} />`)}</ul>
      </section>
    `)}
    ${more.value && html`<${Button} onClick=${() => load({ on: true })}>${t("tasks.more")}<//>`}
  `;
}
