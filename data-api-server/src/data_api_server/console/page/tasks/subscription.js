import { api } from "../lib/api.js";
import { date, time } from "../lib/format.js";
import { html, useEffect, useState } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";

// The address for calendars. It is shown once, when it is made: nobody keeps it.
export function Subscription() {
  const [feed, setFeed] = useState(null); // null: not read yet; false: there is none
  const [address, setAddress] = useState("");
  const [copied, setCopied] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    api.get("v1/tasks/feed").then(({ data }) => setFeed(data), (error) => (error.status === 404 ? setFeed(false) : setFailed(true)));
  }, []);
  const act = (call) => call().then(() => setFailed(false), () => setFailed(true));
  const make = () => act(async () => {
    const { data } = await api.post("v1/tasks/feed");
    setAddress(new URL(data.address, document.baseURI).href);
    setFeed({ read_at: null });
    setCopied(false);
  });
  const revoke = () => act(async () => {
    await api.delete("v1/tasks/feed");
    setAddress("");
    setFeed(false);
  });
  const copy = () => navigator.clipboard.writeText(address).then(() => setCopied(true), () => {});
  const read = feed?.read_at ? t("tasks.feed.read", { at: `${date(feed.read_at)}, ${time(feed.read_at)}` }) : t("tasks.feed.unread");
  return html`
    <div class="feed">
      <p class="feed-title">${t("tasks.feed")}</p>
      <p>${t("tasks.feed.text")}</p>
      ${address && html`
        <div class="feed-address">
          <input class="mono" readonly aria-label=${t("tasks.feed.address")} value=${address} onFocus=${(event) => event.target.select()} />
          <${Button} onClick=${copy}><${Icon} name="copy" size=${16} /> ${copied ? t("tasks.feed.copied") : t("tasks.feed.copy")}<//>
        </div>
        <p>${t("tasks.feed.once")}</p>
      `}
      ${failed && html`<p role="alert" class="field-problem">${t("tasks.not-saved")}</p>`}
      <div class="feed-foot">
        ${feed && html`<span>${read}</span>`}
        ${can("write") && feed === false && html`<${Button} onClick=${make}>${t("tasks.feed.make")}<//>`}
        ${can("write") && feed && html`
          <button type="button" class="link final" onClick=${make}>${t("tasks.feed.replace")}</button>
          <button type="button" class="link final" onClick=${revoke}>${t("tasks.feed.revoke")}</button>
        `}
      </div>
    </div>
  `;
}
