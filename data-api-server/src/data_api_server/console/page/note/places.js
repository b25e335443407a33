// Lines of a recording by their seconds.
export const lineAt = (segments, at) => segments.findLastIndex((one) => !one.written && one.start <= at + 0.01);

export const spans = (segments, chosen) => segments.filter((one) => !one.written && chosen(one)).map((one) => [one.start, one.end]);

// The start of the next line (1) or the one before (-1) that is `chosen`; undefined if there is none.
export function next(segments, at, by, chosen = () => true) {
  const starts = segments.filter((one) => !one.written && chosen(one)).map((one) => one.start);
  return by > 0 ? starts.find((start) => start > at + 0.05) : starts.findLast((start) => start < at - 1);
}
