import { html, useEffect, useState } from "../lib/html.js";
import { t } from "../lib/words.js";

const QUIET = 300; // milliseconds without anything: most answers are there by then
const SLOW = 5000;

// While something is loaded: nothing, then grey lines, then words. `title` is the heading of what comes.
export function Waiting({ lines = 4, title = "" }) {
  const [stage, setStage] = useState(0);
  useEffect(() => {
    const timers = [setTimeout(setStage, QUIET, 1), setTimeout(setStage, SLOW, 2)];
    return () => timers.forEach(clearTimeout);
  }, []);
  return html`
    <div class="waiting" aria-busy="true">
      ${title && html`<h1 class="unseen">${title}</h1>`}
      <p role="status">${stage === 2 ? t("shell.slow") : ""}</p>
      ${stage > 0 && Array.from({ length: lines }, (_, line) => html`<div class="waiting-line" key=${line}></div>`)}
    </div>
  `;
}
