import { html, render } from "../lib/html.js";
import { drawnBy } from "../lib/state.js";
import { App } from "./app.js";
import { begin } from "./connection.js";

const place = document.getElementById("app");

drawnBy(() => render(html`<${App} />`, place));
begin();
