import { href } from "../app/router.js";
import { dayName } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";
import { ProblemNotice } from "../parts/notice.js";
import { Waiting } from "../parts/waiting.js";
import { chosen, load, made, more, moves, next, problem, templates, titleOf } from "./store.js";

// What can be made, and what was made before.
export function List({ id }) {
  const [working, setWorking] = useState(false);
  const all = templates.value ?? [];
  const row = (to, name, about = "") => html`
    <li key=${to}><a class="nav-item" data-id=${to} href=${href(["analyses", to])} aria-current=${to === id ? "page" : undefined}>
      <span><bdi>${name}</bdi>${about && html`<small>${about}</small>`}</span></a></li>
  `;
  const group = (name, rows) => rows.length > 0 && html`<h2 class="heading">${t(`analyses.${name}`)}</h2><ul>${rows}</ul>`;
  const kind = (own) => all.filter((one) => one.built_in !== own).map((one) => row(one.template_id, one.name));
  const onMore = () => (setWorking(true), more().catch(() => {}).then(() => setWorking(false)));
  const { notes } = chosen();
  return html`
    <header><h1>${t("nav.analyses")}</h1>
      ${can("write") && templates.value && html`<a class="icon-button" href=${href(["analyses", "new"])} aria-label=${t("analyses.new")}><${Icon} name="plus" /></a>`}</header>
    ${problem.value && !templates.value && html`<${ProblemNotice} problem=${problem.value} title=${t("analyses.not-loaded")} onAgain=${load} />`}
    ${!templates.value && !problem.value && html`<${Waiting} lines="6" />`}
    ${!id && notes.length > 0 && html`<p class="an-for">${t("analyses.for", { title: notes[0].title })}</p>`}
    ${group("built-in", kind(false))}
    ${group("own", kind(true))}
    ${group("made", made.value.map((one) => row(one.analysis_id, titleOf(one), about(one))))}
    ${next.value && html`<${Button} kind="quiet" working=${working} onClick=${onMore}>${t("tasks.more")}<//>`}
  `;
}

// Settled ones are silent.
function about(one) {
  const state = one.status === "ready" ? t("ask.notes", { count: one.notes }) : t(`analyses.is.${moves(one) ? one.status : "failed"}`);
  return `${dayName(one.created_at)}, ${state}`;
}
