// Which phones stand side by side. The browser remembers it.
import { change, state } from "./state.js";

const KEPT = "simulator.shown";
const AT_FIRST = 2;

export function remembered(phones) {
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
  return kept?.length ? kept : phones.slice(0, AT_FIRST).map((one) => one.number);
}

export function choose(shown) {
  localStorage.setItem(KEPT, JSON.stringify(shown));
  change({ shown, goesWrong: shown.includes(state.goesWrong) ? state.goesWrong : (shown[0] ?? null) });
}
