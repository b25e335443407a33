import { send } from "../app/messages.js";
import { html } from "../lib/html.js";
import { state } from "../lib/state.js";
import { ListChoice } from "./list-choice.js";

// Quick replies below a message, and its list. What was pressed stays filled.
export function Buttons({ bubble, number }) {
  const { buttons = [], list } = bubble;
  if (!buttons?.length && !list) return null;
  const answers = (state.messages[number] ?? []).filter((one) => one.direction === "in" && one.quoting === bubble.sid);
  const pressed = (title) => answers.some((one) => one.text === title);
  return html`
    <div class="replies">
      ${(buttons ?? []).map((one) => html`
        <button type="button" class="reply" key=${one.id} data-pressed=${pressed(one.title)}
          onClick=${() => send(number, { button: one.id, quoting: bubble.sid })}>${one.title}</button>
      `)}
      ${list && html`<${ListChoice} list=${list} onChoose=${(item) => send(number, { item, quoting: bubble.sid })} />`}
    </div>
  `;
}
