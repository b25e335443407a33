import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { StatusMark } from "../parts/status-mark.js";

// Where a corrected line is kept.
export function LineState({ draft }) {
  const state = draft?.state;
  return html`
    <p class="line-state" role="status" data-state=${state}>
      ${state === "saving" && t("note.saving")}
      ${state === "saved" && html`<span class="line-saved"><${Icon} name="check" size="14" />${t("note.saved")}</span><span dir="auto">${t("note.was", { text: draft.was })}</span>`}
      ${state === "kept" && html`<${StatusMark} status="waiting" plain size="14" /><span>${t("note.kept")}</span>`}
      ${state === "refused" && t("note.refused")}
    </p>
  `;
}
