import { html, render } from "../lib/html.js";
import { restore } from "../lib/session.js";
import { speak } from "../lib/words.js";
import { App } from "./app.js";

await speak();
await restore().catch(() => {}); // the shell says what is wrong: the server does not answer, or the key is refused
render(html`<${App} />`, document.getElementById("app"));
