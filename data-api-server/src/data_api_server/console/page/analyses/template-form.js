import { go, href } from "../app/router.js";
import { api } from "../lib/api.js";
import { html, useEffect, useRef, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Fields, named } from "./fields.js";
import { drafts, load } from "./store.js";

const EMPTY = { name: "", instructions: "", layout: "paper", over: "notes", fields: [] };

// A template of one's own. If somebody else saved it meanwhile, both texts are shown.
export function TemplateForm({ base = EMPTY, fresh }) {
  const which = `${fresh} ${base.template_id}`;
  const copied = () => ({ ...base, name: fresh && base.name ? t("analyses.copy-of", { name: base.name }) : base.name });
  const [draft, setDraft] = useState(() => drafts.get(which) ?? copied());
  const [stage, setStage] = useState({});
  const first = useRef(null);
  useEffect(() => first.current.focus(), []);
  const set = (values) => {
    drafts.set(which, { ...draft, ...values }); // whoever leaves and comes back goes on
    setDraft(drafts.get(which));
  };
  const refused = async (problem) => {
    if (problem.status !== 412) return setStage({ problem: `${t("analyses.not-saved")} ${problem.detail || t("notice.no-answer")}` });
    const { data } = await api.get("v1/templates");
    const theirs = data.templates.find((one) => one.template_id === base.template_id);
    return theirs ? (set({ etag: theirs.etag }), setStage({ theirs })) : setStage({ problem: t("analyses.deleted-meanwhile") });
  };
  const save = async (event) => {
    event.preventDefault();
    setStage({ working: true });
    const { name, instructions, layout, over, fields, etag } = draft;
    const body = { name, instructions, layout, over, fields: named(fields) };
    try {
      const { data } = fresh ? await api.post("v1/templates", body) : await api.put(`v1/templates/${base.template_id}`, body, { etag });
      drafts.delete(which);
      await load();
      go(["analyses", data.template_id], {}, { replace: true });
    } catch (problem) {
      await refused(problem).catch(() => setStage({ problem: t("notice.no-answer") }));
    }
  };
  const pick = (name, values) => html`
    <label class="field">${t(`analyses.${name}`)}<select value=${draft[name]} onChange=${(event) => set({ [name]: event.target.value })}>
      ${values.map((one) => html`<option key=${one} value=${one}>${t(`analyses.${name}.${one}`)}</option>`)}</select></label>`;
  return html`
    <form class="paper an-form" onSubmit=${save}>
      <h1>${t(fresh ? "analyses.new" : "analyses.edit-template")}</h1>
      <label class="field">${t("analyses.name")}<input ref=${first} required maxlength="80" dir="auto" value=${draft.name} onInput=${(event) => set({ name: event.target.value })} /></label>
      <label class="field">${t("analyses.instructions")}<textarea required rows="9" maxlength="4000" dir="auto" value=${draft.instructions} onInput=${(event) => set({ instructions: event.target.value })}></textarea>
        <small>${t("analyses.instructions-text")}</small></label>
      <div class="an-picks">${pick("over", ["notes", "day"])}${pick("layout", ["paper", "letter"])}</div>
      <${Fields} fields=${draft.fields} onFields=${(fields) => set({ fields })} />
      ${stage.theirs && html`<div class="turn-note" role="alert"><div><b>${t("analyses.conflict")}</b><p>${stage.theirs.name}</p><p class="an-instructions">${stage.theirs.instructions}</p>
        <${Button} onClick=${() => (set(stage.theirs), setStage({}))}>${t("note.keep-theirs")}<//></div></div>`}
      <p class="field-problem" role="alert">${stage.problem}</p>
      <div class="buttons"><${Button} kind="first" type="submit" working=${stage.working}>${t(stage.theirs ? "note.keep-yours" : "tasks.save")}<//>
        <a class="button" data-kind="quiet" href=${href(base.template_id ? ["analyses", base.template_id] : "analyses")} onClick=${() => drafts.delete(which)}>${t("tasks.cancel")}</a></div>
    </form>
  `;
}
