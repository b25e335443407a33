// Where a quote stands: in its line, and which lines are around it.
import { html } from "../lib/html.js";

// Which citation of all it is.
export const keyOf = ({ message_id: id, start, quote }) => `${id} ${start} ${quote}`;

// The text with the quote marked; where it stands twice, in its own sentence.
export function marked(text, { quote, sentence, before }) {
  const inside = text.indexOf(sentence);
  const at = inside < 0 ? text.indexOf(quote) : inside + before.length;
  if (at < 0) return text;
  return html`${text.slice(0, at)}<mark>${text.slice(at, at + quote.length)}</mark>${text.slice(at + quote.length)}`;
}

export function around(segments, { start, quote }) {
  const has = (one) => one.text.includes(quote);
  const place = segments.findIndex((one) => has(one) && (start === null || (one.start <= start + 0.05 && one.end > start)));
  const found = place < 0 ? segments.findIndex(has) : place;
  if (found < 0) return []; // it was corrected meanwhile, or the quote runs over two lines
  const from = Math.max(0, found - 1);
  return segments.slice(from, found + 2).map((segment, index) => ({ segment, cited: from + index === found }));
}
