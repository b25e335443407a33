import { html } from "../lib/html.js";
import { Jump } from "./jump.js";
import { nameOf, parts } from "./about.js";

// One sentence: when, who, and the words; those of a rule are marked. Words that are not final have no time yet.
export function Line({ call, sentence, partial = false, chosen, onJump }) {
  const { number, speaker, text, start } = sentence;
  const hints = partial ? [] : call.hints.filter((one) => one.number === number);
  return html`
    <li class="said-line" data-number=${partial ? undefined : number} data-speaker=${speaker} data-partial=${partial} aria-current=${chosen && !partial ? "true" : undefined}>
      <${Jump} seconds=${start} onJump=${() => onJump(number)} />
      <i class="said-bar" data-speaker=${speaker}></i>
      <div><p class="said-name" dir="auto">${nameOf(call, speaker)}</p>
        <p class="said-text" dir="auto">${parts(text, hints).map((one) => (one.marked ? html`<mark>${one.text}</mark>` : one.text))}</p></div>
    </li>
  `;
}
