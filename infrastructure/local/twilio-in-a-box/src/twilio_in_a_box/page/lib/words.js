// The words of the page. A developer's tool speaks English alone, but its words stay in one file.
import words from "../words/en.js";

// The words of a key, with its values put in. With `count`, the key's form for that number: `…_one`, `…_other`.
export function t(key, values = {}) {
  const form = "count" in values ? `${key}_${values.count === 1 ? "one" : "other"}` : key;
  return (words[form] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

export const known = (key) => key in words;
