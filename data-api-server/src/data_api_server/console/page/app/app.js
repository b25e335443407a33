import { effect, html } from "../lib/html.js";
import { live } from "../lib/live.js";
import { session } from "../lib/session.js";
import { SignIn } from "../session/sign-in.js";
import { Shell } from "./shell.js";

effect(() => (session.value ? live.start() : live.stop()));

export function App() {
  return session.value ? html`<${Shell} />` : html`<${SignIn} />`;
}
