import { html, useRef, useState } from "../lib/html.js";
import { useKeys } from "../lib/keys.js";
import { t } from "../lib/words.js";
import { moveKeys } from "../notes/moving.js";
import { Button } from "../parts/button.js";
import { ProblemNotice } from "../parts/notice.js";
import { Waiting } from "../parts/waiting.js";
import { Row } from "./row.js";
import { calls, isLive, more, next, problem, refresh } from "./store.js";

// All calls of the last 30 days. Those that are going on stand first, as they are the newest.
export function List() {
  const box = useRef(null);
  const [working, setWorking] = useState(false);
  const { j, k } = moveKeys(box);
  useKeys({ j, k });
  const onMore = () => (setWorking(true), more().catch(() => {}).then(() => setWorking(false)));
  const count = calls.value?.filter(isLive).length;
  return html`
    <div class="calls" ref=${box}>
      <header class="page-head"><h1>${t("nav.calls")}</h1><p class="page-about" role="status">${count > 0 && t("calls.live", { count })}</p></header>
      ${problem.value && !calls.value && html`<${ProblemNotice} problem=${problem.value} title=${t("calls.not-loaded")} onAgain=${refresh} />`}
      ${!calls.value && !problem.value && html`<${Waiting} lines="6" />`}
      ${calls.value?.length === 0 && html`<p class="calls-none">${t("calls.none")}</p>`}
      <ul>${calls.value?.map((call) => html`<${Row} key=${call.call_id} call=${call} />`)}</ul>
      ${next.value && html`<${Button} kind="quiet" working=${working} onClick=${onMore}>${t("tasks.more")}<//>`}
    </div>
  `;
}
