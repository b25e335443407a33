import { html, useEffect, useRef, useState } from "../lib/html.js";
import { useKeys } from "../lib/keys.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { ask, running } from "./questions.js";

const LONGEST = 2000; // characters that the API takes

// Where the question is written: Enter asks, Shift and Enter begin a line.
export function Composer({ more }) {
  const field = useRef(null);
  const [text, setText] = useState("");
  const label = t(more ? "ask.more" : "ask.first");
  useKeys({ "/": () => field.current.focus() });
  useEffect(() => void (matchMedia("(pointer: fine)").matches && field.current.focus()), [more]);
  const send = (event) => {
    event.preventDefault();
    if (!text.trim() || running.value) return;
    ask(text.trim());
    setText("");
  };
  const onKeyDown = (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && send(event);
  return html`
    <form class="composer" onSubmit=${send}>
      <label class="unseen" for="ask-question">${label}</label>
      <textarea id="ask-question" ref=${field} rows="1" maxlength=${LONGEST} placeholder=${label} value=${text}
        onInput=${(event) => setText(event.target.value)} onKeyDown=${onKeyDown}></textarea>
      <${Button} kind="first" type="submit" disabled=${!text.trim() || Boolean(running.value)}>${t("nav.ask")} <span aria-hidden="true">↵</span><//>
    </form>
  `;
}
