import { length } from "../lib/format.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";

// A second of a call as a button that leads to its line. There is no sound of it yet.
export const Jump = ({ seconds, onJump }) =>
  seconds === undefined ? null : html`<button type="button" class="line-time" aria-label=${t("calls.jump", { time: length(seconds) })} onClick=${onJump}>${length(seconds)}</button>`;
