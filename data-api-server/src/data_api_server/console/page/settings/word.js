import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";

export const Word = ({ word, onRemove }) => html`
  <li class="glossary-word">
    <bdi>${word}</bdi>
    ${onRemove && html`<button type="button" aria-label=${t("glossary.remove", { word })} onClick=${onRemove}><${Icon} name="close" size="14" /></button>`}
  </li>
`;
