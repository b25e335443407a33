import { html } from "../lib/html.js";
import { session } from "../lib/session.js";
import { language, t } from "../lib/words.js";

const KNOWN = ["de", "en", "es", "fr", "it", "nl", "pt"]; // whose inflections are known

export const nameOf = (code) => new Intl.DisplayNames(language.value, { type: "language" }).of(code);

// In which languages a rule listens: all of them if none is chosen.
export function Languages({ chosen, onChosen, problem }) {
  const every = [...new Set([...KNOWN, ...session.value.languages, ...chosen])];
  const choose = (code) => onChosen(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]);
  return html`
    <fieldset class="rule-languages"><legend>${t("rules.languages")}</legend>
      ${every.map((code) => html`<label key=${code} class="check"><input type="checkbox" checked=${chosen.includes(code)} onChange=${() => choose(code)} />${nameOf(code)}</label>`)}
      ${problem && html`<p class="field-problem" role="alert">${problem}</p>`}
    </fieldset>
  `;
}
