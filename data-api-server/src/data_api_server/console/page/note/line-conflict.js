import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { PlayIcon } from "../parts/play-icon.js";
import { conflict } from "./refused.js";
import { difference } from "./quotes.js";

// Somebody else corrected the line while it was edited here: both texts, and which one stays.
export function LineConflict({ draft, drafts, index, onPlay }) {
  const [before, theirs, yours, after] = difference(draft.theirs ?? "", draft.text);
  const one = (words, whose) => html`<p class="line-text" dir="auto">${before} <b>${words}</b> ${after} <small>${whose}</small></p>`;
  const told = conflict(draft.by);
  return html`
    <div role="group" aria-label=${told}>
      <p class="line-conflict" role="alert">${told}</p>
      ${one(theirs, draft.by || t("note.theirs"))}
      ${one(yours, t("note.yours"))}
      <div class="buttons">
        ${onPlay && html`<${Button} onClick=${onPlay}><${PlayIcon} name="play" size="12" />${t("note.play-line")}<//>`}
        <${Button} onClick=${() => drafts.drop(index)}>${t("note.keep-theirs")}<//>
        <${Button} onClick=${() => drafts.yours(index)}>${t("note.keep-yours")}<//>
      </div>
    </div>
  `;
}
