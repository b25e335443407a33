// Phones are added, shown, put away and removed.
import { call } from "../lib/api.js";
import { choose } from "../lib/shown.js";
import { change, state } from "../lib/state.js";
import { loadMessages } from "./messages.js";

export function show(number) {
  choose([...state.shown.filter((one) => one !== number), number]);
  change({ view: "phones" });
  setTimeout(() => document.getElementById(`text-${number}`)?.focus()); // once it is drawn; the page scrolls to it
  return loadMessages(number);
}

export const putAway = (number) => choose(state.shown.filter((one) => one !== number));

export async function add(phone) {
  const made = await call("POST", "phones", phone);
  const { phones } = await call("GET", "state");
  change({ phones });
  return made.number;
}

export async function remove(number) {
  await call("DELETE", `phones/${encodeURIComponent(number)}`);
  change({ phones: state.phones.filter((one) => one.number !== number) });
  putAway(number);
}
