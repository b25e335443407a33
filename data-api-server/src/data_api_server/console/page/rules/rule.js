import { api } from "../lib/api.js";
import { date, duration } from "../lib/format.js";
import { html, useRef, useState } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Confirm } from "../parts/confirm.js";
import { done } from "../parts/done.js";
import { Markdown } from "../parts/markdown.js";
import { Tag } from "../parts/tag.js";
import { drafts } from "./draft.js";
import { nameOf } from "./languages.js";

// One rule: what it listens for, when, and what can be said then.
export function Rule({ rule, onEdit, onDeleted }) {
  const { rule_id: id, name, words, expressions, languages, priority, cool_down: quiet, valid_from: from, valid_until: until, points } = rule;
  const [stage, setStage] = useState("");
  const box = useRef(null);
  const now = new Date().toISOString();
  const over = until && until <= now;
  const when = [from && from > now && t("rules.starts", { date: date(from) }), until && t(over ? "rules.over" : "rules.until", { date: date(until) })];
  const about = [languages.map(nameOf).join(", "), t("rules.priority-of", { priority }), t("rules.quiet-of", { time: duration(quiet) }), ...when].filter(Boolean);
  const keep = () => (setStage(""), setTimeout(() => box.current?.querySelector("[data-delete]").focus()));
  const remove = () => {
    setStage("works");
    const failed = (problem) => (setStage("asks"), done(problem.detail || t("notice.no-answer")));
    api.delete(`v1/rules/${id}`).then(() => (drafts.delete(id), done(t("rules.deleted", { name })), onDeleted()), failed);
  };
  return html`
    <article ref=${box} aria-label=${name}>
      <div class="rule-head"><h3 dir="auto" data-over=${Boolean(over)}>${name}</h3>
        ${can("write") && html`<${Button} aria-label=${t("rules.edit-this", { name })} onClick=${onEdit}>${t("analyses.edit")}<//>
          <${Button} kind="quiet" data-delete aria-label=${t("rules.delete-this", { name })} onClick=${() => setStage("asks")}>${t("analyses.delete")}<//>`}</div>
      <p class="rule-about">${about.join(" · ")}</p>
      <p class="rule-words">${words.map((one) => html`<${Tag} key=${one}><bdi>${one}</bdi><//>`)}${expressions.map((one) => html`<code key=${one} class="tag">${one}</code>`)}</p>
      ${points && html`<details><summary>${t("calls.points")}</summary><${Markdown} text=${points} /></details>`}
      ${stage && html`<${Confirm} title=${t("rules.delete-title", { name })} text=${t("rules.delete-text")} action=${t("rules.delete")} working=${stage === "works"} onDo=${remove} onKeep=${keep} />`}
    </article>
  `;
}
