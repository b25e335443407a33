import { api, lostSince } from "../lib/api.js";
import { time } from "../lib/format.js";
import { html, useEffect, useState } from "../lib/html.js";
import { live } from "../lib/live.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";
import { badges } from "./badges.js";

const LONGEST = 60; // seconds between two tries

// While the server does not answer: since when, what still works, and the next try.
export function Offline() {
  return lostSince.value ? html`<${Banner} since=${lostSince.value} />` : null;
}

function Banner({ since }) {
  const { kept } = badges.value;
  const [tries, setTries] = useState(0);
  const [left, setLeft] = useState(0);
  const tryNow = async () => {
    await api.get("health").then(live.retry, () => {});
    setTries((before) => before + 1);
  };
  useEffect(() => setLeft(Math.min(5 * 2 ** tries, LONGEST)), [tries]);
  useEffect(() => {
    const timer = setInterval(() => setLeft((before) => before - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left === 0 && tries) tryNow();
    else if (left < 0) tryNow();
  }, [left]);
  return html`
    <aside class="offline" aria-label=${t("notice.no-answer")}>
      <${Icon} name="offline" />
      <p role="status"><b>${t("offline.title", { time: time(since) })}</b> ${t("offline.text")}${kept > 0 && ` ${t("offline.kept", { count: kept })}`}</p>
      <span class="offline-next">${t("offline.next", { seconds: Math.max(left, 0) })}</span>
      <${Button} onClick=${tryNow}>${t("offline.now")}<//>
    </aside>
  `;
}
