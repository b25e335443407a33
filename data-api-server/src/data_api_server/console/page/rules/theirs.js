import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Markdown } from "../parts/markdown.js";

// What somebody else saved while this rule was written here.
export const Theirs = ({ theirs, onKeep }) => html`
  <div class="rule-theirs" role="alert">
    <p><b>${t("rules.conflict")}</b></p>
    <p dir="auto">${theirs.name}</p>
    <p dir="auto">${[...theirs.words, ...theirs.expressions].join(", ")}</p>
    ${theirs.points && html`<${Markdown} text=${theirs.points} />`}
    <${Button} onClick=${onKeep}>${t("note.keep-theirs")}<//>
  </div>
`;
