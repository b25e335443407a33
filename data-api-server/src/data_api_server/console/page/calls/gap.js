import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { session } from "../lib/session.js";
import { StatusMark } from "../parts/status-mark.js";

// Words that did not come: about how much is missing, and whether the recording will have it.
export function Gap({ gap, comes = session.value.calls?.records, as = "li" }) {
  const count = Math.round(gap.end - gap.start);
  return html`<${as} class="said-gap"><${StatusMark} status="waiting" plain /><span>${count > 0 ? t("calls.gap", { count }) : t("calls.gap.some")}${comes && ` ${t("calls.gap.comes")}`}</span><//>`;
}
