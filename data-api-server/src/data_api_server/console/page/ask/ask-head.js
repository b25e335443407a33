import { dayName, time } from "../lib/format.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Menu, MenuItem } from "../parts/menu.js";
import { running } from "./questions.js";
import { ScopeNotes } from "./scope-notes.js";
import { ScopeSender } from "./scope-sender.js";
import { ScopeTime } from "./scope-time.js";
import { ANYTHING, open, openThread, scope, threads } from "./store.js";

// What the next question is limited to, and the questions before.
export function AskHead() {
  const fresh = () => {
    running.value?.();
    open.value = null;
    scope.value = ANYTHING;
  };
  const earlier = threads.value.toReversed();
  return html`
    <header class="page-head ask-head">
      <h1>${t("nav.ask")}</h1>
      <div class="ask-scope" role="group" aria-label=${t("ask.scope")}><${ScopeNotes} /><${ScopeTime} /><${ScopeSender} /></div>
      <div class="page-acts">
        ${earlier.length > 0 && html`<${Menu} class="button ask-earlier" label=${t("ask.earlier")}>${(close) => html`
          ${earlier.map((one) => html`<${MenuItem} key=${one.id} aria-pressed=${one.id === open.value} note=${`${dayName(one.turns[0].at)} ${time(one.turns[0].at)}`}
            onClick=${() => (running.value?.(), openThread(one.id), close())}>${one.turns[0].question}<//>`)}
          <p class="menu-foot">${t("ask.kept")}</p>`}<//>`}
        <${Button} onClick=${fresh} disabled=${!open.value}>${t("ask.new")}<//>
      </div>
    </header>
  `;
}
