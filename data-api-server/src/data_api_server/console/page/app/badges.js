// How many things on a page need somebody, by the page's path: `badge("tasks", 2)`. Only work is counted. `kept` are the
// corrections that wait in this tab until the server answers.
import { signal } from "../lib/html.js";

export const badges = signal({});

export const badge = (path, count) => {
  if (badges.value[path] !== count) badges.value = { ...badges.value, [path]: count };
};
