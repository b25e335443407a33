// The line that a task was heard in: the one with the most of its words, if it has most of them. Undefined if none has.
const words = (text) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);

export function sourceOf({ what }, segments) {
  const wanted = words(what);
  const shares = segments.filter((one) => !one.written).map((one) => ({ one, share: wanted.intersection(words(one.text)).size / wanted.size }));
  const best = shares.reduce((first, other) => (other.share > first.share ? other : first), { share: 0.5 });
  return best.one;
}
