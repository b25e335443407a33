import { html } from "../lib/html.js";
import { state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { Inspector } from "../inspector/inspector.js";
import { Phones } from "../phones/phones.js";
import { Switches } from "../switches/switches.js";
import { Head } from "./head.js";
import { Lost } from "./lost.js";
import { Views } from "./views.js";

export function App() {
  return html`
    <a class="skip" href="#phones">${t("shell.skip")}</a>
    <div class="shell" data-view=${state.view}>
      <${Head} />
      ${state.connection === "lost" && html`<${Lost} />`}
      <${Views} />
      <main class="shell-parts">
        <h1 class="unseen">${t("head.title")}</h1>
        <${Switches} />
        <section id="phones" class="phones" tabindex="-1" aria-label=${t("phones.title")} aria-busy=${state.connection === "loading"}><${Phones} /></section>
        <${Inspector} />
      </main>
      <p class="unseen" role="status">${state.said}</p>
    </div>
  `;
}
