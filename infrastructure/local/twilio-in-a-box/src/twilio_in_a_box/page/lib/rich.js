// WhatsApp's own marks as styled text: *bold*, _italic_, ~struck~ and ```code```. What is shown stays text.
import { html } from "./html.js";

const EDGE = "[\\p{L}\\p{N}*_~]";
const MARKED = new RegExp("```([\\s\\S]+?)```|(?<!" + EDGE + ")([*_~])(?=\\S)([^\\n]+?)(?<=\\S)\\2(?!" + EDGE + ")", "gu");
const SHOWN = {
  "*": (inner) => html`<b>${inner}</b>`,
  _: (inner) => html`<em>${inner}</em>`,
  "~": (inner) => html`<s>${inner}</s>`,
};

export function rich(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(MARKED)) {
    const [whole, code, mark, inner] = found;
    parts.push(text.slice(end, found.index), code === undefined ? SHOWN[mark](rich(inner)) : html`<code>${code}</code>`);
    end = found.index + whole.length;
  }
  return [...parts, text.slice(end)];
}

// The same words without the marks, for a line that is cut.
export const plain = (text) => text.replace(MARKED, (_, code, mark, inner) => code ?? inner);
