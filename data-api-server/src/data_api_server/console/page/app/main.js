import { html, render } from "../lib/html.js";
import { restore } from "../lib/session.js";
import { speak } from "../lib/words.js";
import { PAGES } from "./pages.js";
import { place } from "./router.js";
import { App } from "./app.js";

// its module comes while the key is looked at; the shell says if it does not
(PAGES.find((page) => page.path === place.value.path[0]) ?? PAGES[0]).load().catch(() => {});
await Promise.all([speak(), restore()]);
render(html`<${App} />`, document.getElementById("app"));
