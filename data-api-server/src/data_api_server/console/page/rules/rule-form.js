import { api } from "../lib/api.js";
import { html, useEffect, useRef, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Markdown } from "../parts/markdown.js";
import { bodyOf, draftOf, drafts, NEW, problemsOf } from "./draft.js";
import { Field } from "./field.js";
import { Languages } from "./languages.js";
import { Theirs } from "./theirs.js";
import { Try } from "./try.js";

// A new rule, or a change of one. If somebody else saved it meanwhile, both are shown. `which` is the place of its draft.
export function RuleForm({ which, rule, onSaved, onLeave }) {
  const [draft, setDraft] = useState(() => drafts.get(which) ?? (rule ? draftOf(rule) : NEW));
  const [stage, setStage] = useState({});
  const first = useRef(null);
  useEffect(() => first.current.focus(), []);
  const set = (values) => (drafts.set(which, { ...draft, ...values }), setDraft(drafts.get(which)), setStage(({ theirs }) => ({ theirs })));
  const leave = () => (drafts.delete(which), onLeave());
  const onProblem = (problem) => setStage({ problems: problemsOf(problem, draft, t("rules.no-answer")) });
  const meanwhile = async () => {
    const theirs = (await api.get("v1/rules")).data.rules.find((one) => one.rule_id === which);
    set({ etag: theirs?.etag });
    setStage(theirs ? { theirs } : { problems: { other: t("rules.deleted-meanwhile") }, gone: true });
  };
  const save = async (event) => {
    event.preventDefault();
    const body = bodyOf(draft);
    if (!body.words.length && !body.expressions.length) return setStage({ problems: { words: t("rules.nothing") } });
    setStage({ working: true });
    try {
      const { data } = await (rule && !stage.gone ? api.put(`v1/rules/${which}`, body, { etag: draft.etag }) : api.post("v1/rules", body));
      drafts.delete(which);
      onSaved(data);
    } catch (problem) {
      if (problem.status !== 412 && !(rule && problem.status === 404)) onProblem(problem);
      else await meanwhile().catch(onProblem);
    }
  };
  const { problems = {}, theirs, working } = stage;
  const field = (name, more) => html`<${Field} name=${name} value=${draft[name]} onValue=${set} problem=${problems[name]} label=${t(`rules.${name}`)} ...${more} />`;
  return html`
    <form class="rule-form" onSubmit=${save} aria-label=${t(rule ? "rules.edit-this" : "rules.new", { name: rule?.name })}>
      ${field("name", { first, required: true, maxlength: 80, dir: "auto" })}
      <div class="rule-pair">${field("words", { as: "textarea", rows: 5, text: t("rules.words.text") })}
        ${field("expressions", { as: "textarea", rows: 5, class: "mono", spellcheck: false, text: t("rules.expressions.text") })}</div>
      <${Languages} chosen=${draft.languages} onChosen=${(languages) => set({ languages })} problem=${problems.languages} />
      <div class="rule-numbers">${field("priority", { type: "number", min: 0, max: 100, required: true, text: t("rules.priority.text") })}
        ${field("cool_down", { type: "number", min: 0, max: 3600, required: true, text: t("rules.cool_down.text") })}
        ${field(`valid_from`, { type: "datetime-local", label: t("rules.begins") })}${field("valid_until", { type: "datetime-local", label: t("rules.ends") })}</div>
      <div class="rule-pair">${field("points", { as: "textarea", rows: 6, maxlength: 4000, label: t("calls.points"), text: t("rules.points.text") })}
        <div class="rule-preview"><p class="label">${t("rules.preview")}</p><div class="call-points">${draft.points.trim() ? html`<${Markdown} text=${draft.points} />` : html`<p class="rule-about">${t("rules.no-points")}</p>`}</div></div></div>
      ${theirs && html`<${Theirs} theirs=${theirs} onKeep=${() => (drafts.delete(which), onSaved(theirs))} />`}
      ${problems.other && html`<p class="field-problem" role="alert">${problems.other}</p>`}
      <${Try} draft=${draft} onProblem=${onProblem} />
      <div class="buttons"><${Button} kind="first" type="submit" working=${working}>${t(theirs ? "note.keep-yours" : "tasks.save")}<//>
        <${Button} onClick=${leave}>${t("tasks.cancel")}<//></div>
    </form>
  `;
}
