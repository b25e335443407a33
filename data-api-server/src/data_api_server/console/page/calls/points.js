import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Markdown } from "../parts/markdown.js";
import { Jump } from "./jump.js";
import { parts, startOf } from "./about.js";

// What was just said, and what can be said to it.
export function Points({ call, hint, onJump }) {
  const { name, phrase, points } = hint.content;
  const said = call.sentences.find((one) => one.number === hint.number);
  const words = said && parts(said.text, [hint]).find((one) => one.marked)?.text;
  return html`
    <section class="call-points" aria-label=${name}>
      <header><h2><mark dir="auto">${words ?? phrase}</mark></h2><${Jump} seconds=${startOf(call, hint.number)} onJump=${() => onJump(hint.number)} /></header>
      <p class="call-rule" dir="auto">${name}</p>
      ${points && html`<h3>${t("calls.points")}</h3><${Markdown} text=${points} />`}
    </section>
  `;
}
