import { html, useEffect, useState } from "../lib/html.js";
import { useKeys } from "../lib/keys.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Done } from "../parts/done.js";
import { Bar } from "./bar.js";
import { KeysHelp } from "./keys-help.js";
import { Nav } from "./nav.js";
import { Offline } from "./offline.js";
import { Opened } from "./opened.js";
import { shown } from "./pages.js";
import { go, place } from "./router.js";

// The frame of every page: navigation, the banner, the page itself, and what was just done.
export function Shell() {
  const [help, setHelp] = useState(false);
  const pages = shown(can);
  useKeys({ "?": () => setHelp(true), ...jumps(pages) });
  useEffect(() => can("read") ? watchCalls() : undefined, []);
  const page = pages.find((one) => one.path === place.value.path[0]) ?? pages[0];
  return html`
    <a class="skip" href="#main" onClick=${skip}>${t("shell.skip")}</a>
    <div class="shell">
      <${Nav} pages=${pages} page=${page} onHelp=${() => setHelp(true)} />
      <div class="shell-page">
        <${Offline} />
        <main id="main" tabindex="-1"><${Opened} page=${page} key=${page?.path} /></main>
      </div>
      <${Bar} pages=${pages} page=${page} />
    </div>
    <${Done} />
    ${help && html`<${KeysHelp} onClose=${() => setHelp(false)} />`}
  `;
}

// How many calls are going on stands in the navigation. The page is shown first.
function watchCalls() {
  let end = () => {};
  let left = false;
  import("../calls/store.js").then(({ watch }) => left || (end = watch()), () => {});
  return () => ((left = true), end());
}

const jumps = (pages) =>
  Object.fromEntries(pages.filter((one) => one.key).map((one) => [`g ${one.key}`, () => go(one.path)]));

// The address's hash is a route here, so the browser itself can not jump.
function skip(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}
