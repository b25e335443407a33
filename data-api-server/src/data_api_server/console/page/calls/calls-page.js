import { go, href, place } from "../app/router.js";
import { html, useEffect } from "../lib/html.js";
import { useKeys } from "../lib/keys.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Notice, ProblemNotice } from "../parts/notice.js";
import { pause } from "../parts/player.js";
import { Waiting } from "../parts/waiting.js";
import { Call } from "./call.js";
import { List } from "./list.js";
import { useCall } from "./opened.js";

// `#/calls` is the list, `#/calls/ID` one call while it lasts and after.
export default function CallsPage() {
  const id = place.value.path[1];
  useEffect(() => pause, []); // the sound does not go on on another page
  return id ? html`<${Opened} key=${id} id=${id} />` : html`<${List} />`;
}

function Opened({ id }) {
  const { call, problem, read } = useCall(id);
  useKeys({ Escape: () => go("calls") });
  if (call) return html`<${Call} call=${call} />`;
  const name = html`<a class="call-back" href=${href("calls")}><${Icon} name="left" />${t("nav.calls")}</a><h1 class="unseen">${t("nav.calls")}</h1>`;
  if (problem?.status === 404) return html`${name}<${Notice} title=${t("calls.gone")} text=${t("calls.gone.text")} />`;
  if (problem) return html`${name}<${ProblemNotice} problem=${problem} title=${t("calls.not-loaded")} onAgain=${read} />`;
  return html`<${Waiting} lines="8" title=${t("nav.calls")} />`;
}
