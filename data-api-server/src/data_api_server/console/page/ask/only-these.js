import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { scope } from "./store.js";

// Limits the next question to the notes that this answer stands on.
export function OnlyThese({ turn: { state, statements } }) {
  const cited = new Map(statements.flatMap((one) => one.citations).map((one) => [one.message_id, one.title]));
  const { notes } = scope.value;
  if (state === "asks" || !cited.size || (notes.length && notes.every(({ id }) => cited.has(id)))) return null;
  const limit = () => {
    scope.value = { ...scope.value, notes: [...cited].map(([id, title]) => ({ id, title: title || t("source.untitled") })) };
    document.getElementById("ask-question").focus();
  };
  return html`<button type="button" class="chip" onClick=${limit}>${t("ask.only", { count: cited.size })}</button>`;
}
