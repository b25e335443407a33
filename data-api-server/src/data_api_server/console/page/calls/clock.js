import { length } from "../lib/format.js";
import { html, useEffect, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { isLive } from "./store.js";
import { lasted } from "./about.js";

// How long the call has lasted; it runs while the call does.
export function Clock({ call }) {
  const [, tick] = useState(0);
  const runs = isLive(call);
  useEffect(() => {
    if (!runs) return undefined;
    const timer = setInterval(() => tick((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, [runs]);
  return html`<span class="call-clock" role="timer" aria-label=${t("calls.lasts")}>${length(lasted(call))}</span>`;
}
