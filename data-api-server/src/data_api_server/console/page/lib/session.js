// Who is signed in. The key is kept for this tab alone, and is gone with it.
import { api, Problem, useKey } from "./api.js";
import { signal } from "./html.js";

const KEPT = "console.key";

// { company_id, company, key, key_id, scopes, languages, time_zone }; null while nobody is signed in.
export const session = signal(null);

// Why somebody is asked to sign in again: "", "ended" (the key works no more), or "no-answer".
export const ended = signal("");

export const can = (scope) => session.value?.scopes.includes(scope) ?? false;

export async function signIn(key) {
  useKey(key, () => signOut("ended"));
  ended.value = "";
  const { data } = await api.get("v1/session");
  sessionStorage.setItem(KEPT, key);
  session.value = data;
}

export const keptKey = () => sessionStorage.getItem(KEPT) ?? "";

// After a reload. If the server does not answer, the key stays, and is asked for again.
export async function restore() {
  if (keptKey()) await signIn(keptKey()).catch(() => (ended.value ||= "no-answer"));
}

export function signOut(reason = "") {
  sessionStorage.removeItem(KEPT);
  useKey("");
  session.value = null;
  ended.value = reason;
}

export { Problem };
