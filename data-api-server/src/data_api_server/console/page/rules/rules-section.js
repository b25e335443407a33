import { api } from "../lib/api.js";
import { html, useEffect, useRef, useState } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { ProblemNotice } from "../parts/notice.js";
import { pause } from "../parts/player.js";
import { Waiting } from "../parts/waiting.js";
import { drafts } from "./draft.js";
import { Rule } from "./rule.js";
import { RuleForm } from "./rule-form.js";

// What is listened for in calls and notes, and what can be said then.
export default function RulesSection() {
  const [rules, setRules] = useState(null);
  const [problem, setProblem] = useState(null);
  const [open, setOpen] = useState(drafts.has("new") ? "new" : null); // the rule that is written
  const box = useRef(null);
  const load = () => api.get("v1/rules").then(({ data }) => (setRules(data.rules), setProblem(null)), setProblem);
  useEffect(() => void load(), []);
  useEffect(() => pause, []);
  const close = (id) => (setOpen(null), setTimeout(() => box.current?.querySelector(id === "new" ? ".rules-new" : `[data-rule="${id}"] button`)?.focus()));
  const onSaved = async (rule) => (await load(), close(rule.rule_id));
  return html`
    <div ref=${box}>
      <header class="hooks-head">
        <div><h2 id="settings-title" class="section-title">${t("settings.rules")}</h2><p class="section-text">${t("rules.text")}</p></div>
        ${rules && can("write") && open !== "new" && html`<${Button} kind="first" class="rules-new" onClick=${() => setOpen("new")}>${t("rules.new")}<//>`}
      </header>
      ${problem && html`<${ProblemNotice} problem=${problem} title=${t("rules.not-read")} onAgain=${load} />`}
      ${!rules && !problem && html`<${Waiting} />`}
      ${rules && open === "new" && html`<${RuleForm} which="new" onSaved=${onSaved} onLeave=${() => close("new")} />`}
      ${rules?.length === 0 && open !== "new" && html`<p class="hooks-none">${t("rules.none")}</p>`}
      <ul>${rules?.map((one) => html`<li key=${one.rule_id} class="rule" data-rule=${one.rule_id}>${open === one.rule_id
        ? html`<${RuleForm} which=${one.rule_id} rule=${one} onSaved=${onSaved} onLeave=${() => close(one.rule_id)} />`
        : html`<${Rule} rule=${one} onEdit=${() => setOpen(one.rule_id)} onDeleted=${load} />`}</li>`)}</ul>
    </div>
  `;
}
