import { html, useId, useState } from "../lib/html.js";
import { can, session } from "../lib/session.js";
import { day } from "../lib/format.js";
import { LANGUAGES, language, t } from "../lib/words.js";
import { ScopeNotes } from "../ask/scope-notes.js";
import { Button } from "../parts/button.js";
import { choose, chosen, make } from "./store.js";

const MOST = 50; // notes of one analysis

// What the analysis is made of, and the button that makes it: `again` is the id of one that was. `children` are other buttons.
export function Choices({ template, again, children }) {
  const id = useId();
  const [stage, setStage] = useState({});
  const { notes, day: wanted, fields, language: spoken, from, count: then } = chosen();
  const count = again && from === again ? then : 0;
  const set = (values) => (choose(values), setStage({}));
  const onSubmit = async (event) => {
    event.preventDefault();
    if (template.over === "notes" && !notes.length && !count) return setStage({ problem: t("analyses.choose") });
    setStage({ working: true });
    const failed = (problem) => setStage({ problem: `${t("analyses.not-made")} ${problem.detail || t("notice.no-answer")}` });
    return make(template, again).then(() => setStage({}), failed);
  };
  const names = new Intl.DisplayNames(language.value, { type: "language" });
  const languages = [...new Set([...Object.keys(LANGUAGES), ...session.value.languages, spoken])];
  const writes = can("write") && template;
  return html`
    <form class="an-bar" onSubmit=${onSubmit}>
      ${writes && html`<details open=${!again || matchMedia("(min-width: 600px)").matches}><summary hidden=${!again}>${t("analyses.change")}</summary><div class="an-choices">
        ${template.over === "day"
          ? html`<label>${t("analyses.day")}<input type="date" required max=${day(new Date())} value=${wanted} onInput=${(event) => set({ day: event.target.value })} /></label>`
          : html`<${ScopeNotes} class="button" notes=${notes} most=${MOST} none=${count ? t("ask.notes", { count }) : t("analyses.notes")} clear=${t("upload.clear")} onNotes=${(chosen) => set({ notes: chosen })} />`}
        ${template.fields.map(({ name, label, required }) => html`
          <label key=${name}>${label}<input maxlength="200" required=${required} value=${fields[name] ?? ""} onInput=${(event) => set({ fields: { ...fields, [name]: event.target.value } })} /></label>`)}
        <label>${t("analyses.in")}<select value=${spoken} onChange=${(event) => set({ language: event.target.value })}>
          ${languages.map((one) => html`<option key=${one} value=${one}>${names.of(one)}</option>`)}</select></label></div></details>`}
      <div class="buttons">${children}
        ${writes && html`<${Button} kind="first" type="submit" working=${stage.working} aria-describedby=${id}>${t(again ? "analyses.again" : "analyses.make")}<//>`}</div>
      <p class="field-problem" id=${id} role="alert">${stage.problem}</p>
    </form>
  `;
}
