// Which part of a line is quoted: [before, quoted, after]; null if none of it is.
export function quotedPart(text, quote) {
  if (!quote) return null;
  const pattern = quote.trim().split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
  const found = text.match(new RegExp(pattern, "i"));
  if (found) return [text.slice(0, found.index), found[0], text.slice(found.index + found[0].length)];
  return text.length > 8 && quote.includes(text) ? ["", text, ""] : null;
}

// What differs between two lines, by whole words: [same before, only in the first, only in the second, same after].
export function difference(one, other) {
  const [a, b] = [one.split(" "), other.split(" ")];
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const middle = (words) => words.slice(start, words.length - end).join(" ");
  return [a.slice(0, start).join(" "), middle(a), middle(b), a.slice(a.length - end).join(" ")];
}
