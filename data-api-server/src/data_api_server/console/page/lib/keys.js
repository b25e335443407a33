// Keys that work outside of fields: `useKeys({ j: next, "g n": toNotes })`. The last one that is mounted wins.
import { signal, useEffect, useRef } from "./html.js";

const OFF = "console.keys-off";
const maps = [];

// People who use speech input may have to switch single keys off (WCAG 2.1.4).
export const keysOn = signal(localStorage.getItem(OFF) === null);

export function switchKeys(on) {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
  keysOn.value = on;
}

let before = "";

addEventListener("keydown", (event) => {
  if (!keysOn.value || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable], [role=slider], dialog")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : named(event);
  const handler = found(`${before} ${key}`) ?? found(key);
  before = key === "g" ? key : "";
  // a button that has focus does what Enter and Space say
  if (!handler || (["Enter", " "].includes(key) && event.target.closest?.("button, a, summary"))) return;
  event.preventDefault();
  handler(event);
});

const named = (event) => (event.shiftKey ? `Shift ${event.key}` : event.key);

const found = (key) => maps.findLast((one) => key in one.current)?.current[key];

export function useKeys(map) {
  const current = useRef(map);
  current.current = map;
  useEffect(() => {
    maps.push(current);
    return () => maps.splice(maps.indexOf(current), 1);
  }, []);
}
