// What goes wrong, and for whom. A switch moves at once; if the box does not take it, it moves back.
import { call } from "../lib/api.js";
import { change, state } from "../lib/state.js";
import { t } from "../lib/words.js";

export const isOn = (number, name) => Boolean(state.switches.phones?.[number]?.[name]);

export const forPhone = (number, name, on) => put({ phones: { [number]: { [name]: on } } });
export const forNext = (name, on) => put({ next: { [name]: on } });
export const forEveryone = (id, on) => put({ everyone: [{ id, on }] });

export function normal() {
  const { phones, everyone } = state.switches;
  const off = (one) => Object.fromEntries(Object.keys(one).map((name) => [name, false]));
  return put({
    phones: Object.fromEntries(Object.entries(phones).map(([number, one]) => [number, off(one)])),
    next: off(state.switches.next),
    everyone: everyone.filter((one) => one.on).map((one) => ({ id: one.id, on: false })),
  });
}

async function put(patch) {
  const before = state.switches;
  change({ switches: merged(before, patch), said: "" });
  try {
    await call("PUT", "switches", patch);
  } catch {
    change({ switches: before, said: t("switch.not") });
  }
}

function merged(before, { phones = {}, next = {}, everyone = [] }) {
  const each = Object.entries(phones).map(([number, one]) => [number, { ...before.phones[number], ...one }]);
  const turned = (one) => ({ ...one, ...everyone.find((other) => other.id === one.id) });
  return { ...before, phones: { ...before.phones, ...Object.fromEntries(each) }, next: { ...before.next, ...next }, everyone: before.everyone.map(turned) };
}
