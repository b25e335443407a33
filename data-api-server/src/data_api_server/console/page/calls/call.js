import { html, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Banner } from "./banner.js";
import { Beside } from "./beside.js";
import { CallHead } from "./call-head.js";
import { Mood } from "./mood.js";
import { NoWords } from "./no-words.js";
import { Said } from "./said.js";
import { startOf } from "./about.js";

// One call: what is said, and beside it what helps to answer. `aim` is the line that somebody jumped to.
export function Call({ call }) {
  const [tab, setTab] = useState("said");
  const [aim, setAim] = useState({});
  const onJump = (number) => (setTab("said"), setAim({ number }));
  const tabs = [["said", t("calls.said")], ["beside", [t("calls.beside"), call.hints.length].filter(Boolean).join(" ")]];
  const felt = call.course.flatMap((one) => ((at) => (at === undefined ? [] : [{ at, value: one.content.course }]))(startOf(call, one.number)));
  const raised = call.escalations.filter((one) => one.kind === "escalation").map((one) => startOf(call, one.number)).filter((at) => at !== undefined);
  return html`
    <article class="call" data-tab=${tab}>
      <${CallHead} call=${call} />
      <${Banner} call=${call} onJump=${onJump} />
      <div class="call-tabs" role="group" aria-label=${t("calls.parts")}>
        ${tabs.map(([name, label]) => html`<button type="button" key=${name} aria-pressed=${tab === name} onClick=${() => setTab(name)}>${label}</button>`)}
      </div>
      <section class="call-main" aria-label=${t("calls.said")}>
        <${Mood} felt=${felt} raised=${raised} until=${call.sentences.at(-1)?.end} />
        <div class="call-words">
          <${NoWords} call=${call} />
          <${Said} call=${call} aim=${aim} onJump=${onJump} />
        </div>
      </section>
      <${Beside} call=${call} onJump=${onJump} />
    </article>
  `;
}
