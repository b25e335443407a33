import { html } from "../lib/html.js";
import { Chip } from "./chip.js";
import { keyOf } from "./sound.js";

export const Statement = ({ statement, chosen, onSource }) => html`
  <div class="statement">
    <p>${statement.text}</p>
    <div class="statement-sources">
      ${statement.citations.map((one, place) => html`<${Chip} key=${place} citation=${one} chosen=${chosen === keyOf(one)} onPress=${onSource} />`)}
    </div>
  </div>
`;
