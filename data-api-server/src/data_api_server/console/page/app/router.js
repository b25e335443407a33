// Where we are: `#/notes/ID?at=134` is { path: ["notes", "ID"], query: { at: "134" } }.
import { signal } from "../lib/html.js";

function read() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  return { path: path.split("/").filter(Boolean).map(decoded), query: Object.fromEntries(new URLSearchParams(query)) };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const place = signal(read());

addEventListener("hashchange", () => (place.value = read()));

// `href("notes")`, `href(["notes", id], { at: 134 })`
export function href(path, query = {}) {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const asked = set.length ? `?${new URLSearchParams(set)}` : "";
  return `#/${[path].flat().map(encodeURIComponent).join("/")}${asked}`;
}

// Goes there; with `replace`, Back does not return to where we are now.
export function go(path, query, { replace = false } = {}) {
  if (replace) {
    history.replaceState(null, "", href(path, query));
    place.value = read();
  } else location.hash = href(path, query);
}
