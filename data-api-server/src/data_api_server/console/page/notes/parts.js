import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { filter, load, moving, needing } from "./store.js";

// All, those that move, those that need somebody.
export function Parts() {
  const part = (name, count) => {
    const choose = () => {
      filter.value = { ...filter.value, part: name };
      load();
    };
    const text = count ? t("notes.part.count", { part: t(`notes.part.${name}`), number: count }) : t(`notes.part.${name}`);
    return html`<button type="button" class="chip" aria-pressed=${filter.value.part === name} onClick=${choose}>${text}</button>`;
  };
  return html`${part("all", 0)}${part("moving", moving.value)}${part("needs", needing.value)}`;
}
