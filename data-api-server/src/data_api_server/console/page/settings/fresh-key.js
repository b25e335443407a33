import { html, useEffect, useRef, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";

// A new key or secret, for this once. If the browser does not let us copy, it is selected.
export function FreshKey({ secret, text = t("keys.copy-now"), onDone }) {
  const [copied, setCopied] = useState(false);
  const box = useRef(null);
  useEffect(() => void box.current.querySelector("button").focus(), [secret]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      setCopied(true);
    } catch {
      getSelection().selectAllChildren(box.current.querySelector("code"));
    }
  };
  return html`
    <div class="fresh-key" role="group" aria-label=${text} ref=${box}>
      <div><b>${text}</b><code>${secret}</code></div>
      <div class="buttons">
        <${Button} onClick=${copy}><${Icon} name=${copied ? "check" : "copy"} size="16" />${t(copied ? "keys.copied" : "keys.copy")}<//>
        <${Button} kind="quiet" onClick=${onDone}>${t("keys.done")}<//>
      </div>
      <span class="unseen" role="status">${copied && t("keys.copied")}</span>
    </div>
  `;
}
