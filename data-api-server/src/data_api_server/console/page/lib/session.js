// Who is signed in. The key is kept for this tab alone, and is gone with it.
import { api, Problem, useKey } from "./api.js";
import { signal } from "./html.js";

const KEPT = "console.key";

// { company_id, company, key, key_id, scopes, languages, time_zone }; null while nobody is signed in.
export const session = signal(null);

// Why somebody is asked to sign in again: "", or "refused".
export const ended = signal("");

export const can = (scope) => session.value?.scopes.includes(scope) ?? false;

export async function signIn(key) {
  useKey(key, () => signOut("refused"));
  ended.value = "";
  const { data } = await api.get("v1/session");
  sessionStorage.setItem(KEPT, key);
  session.value = data;
}

export async function restore() {
  const key = sessionStorage.getItem(KEPT);
  if (key) await signIn(key);
}

export function signOut(reason = "") {
  sessionStorage.removeItem(KEPT);
  useKey("");
  session.value = null;
  ended.value = reason;
}

export { Problem };
