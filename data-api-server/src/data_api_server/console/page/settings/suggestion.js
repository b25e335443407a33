import { href } from "../app/router.js";
import { dayName } from "../lib/format.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";

// A name that a correction put in place of another.
export const Suggestion = ({ suggestion, onAdd, onDismiss }) => html`
  <li class="suggestion">
    <b><bdi>${suggestion.word}</bdi></b>
    <span>${t("glossary.heard-as", { word: suggestion.instead_of })}</span>
    <span class="suggestion-where">${t("glossary.corrected", { day: dayName(suggestion.at) })} <a class="link" href=${href(["notes", suggestion.message_id])}>${t("glossary.open")}</a></span>
    ${onAdd && html`<span class="suggestion-acts">
      <${Button} aria-label=${t("glossary.add-this", { word: suggestion.word })} onClick=${onAdd}>${t("glossary.add")}<//>
      <button type="button" class="icon-button" aria-label=${t("glossary.dismiss", { word: suggestion.word })} onClick=${onDismiss}><${Icon} name="close" size="16" /></button>
    </span>`}
  </li>
`;
