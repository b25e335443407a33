import { api } from "../lib/api.js";
import { html, useEffect, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { done } from "../parts/done.js";
import { ProblemNotice } from "../parts/notice.js";
import { Waiting } from "../parts/waiting.js";
import { FreshKey } from "./fresh-key.js";
import { KeyRow } from "./key-row.js";
import { NewKey } from "./new-key.js";

// Who can open the console or call the API.
export default function KeysSection() {
  const [keys, setKeys] = useState(null);
  const [problem, setProblem] = useState(null);
  const [fresh, setFresh] = useState(null);
  const load = () => api.get("v1/keys").then(({ data }) => (setKeys(data.keys), setProblem(null)), setProblem);
  useEffect(() => void load(), []);
  const onMade = (key) => (setFresh(key), load());
  const onRevoked = (key) => (done(t("keys.revoked", { name: key.name })), key.key_id === fresh?.key_id && setFresh(null), load());
  return html`
    <h2 id="settings-title" class="section-title">${t("settings.keys")}</h2>
    <p class="section-text">${t("keys.text")}</p>
    ${fresh && html`<${FreshKey} secret=${fresh.secret} onDone=${() => setFresh(null)} />`}
    ${problem && html`<${ProblemNotice} problem=${problem} title=${t("keys.not-read")} onAgain=${load} />`}
    ${!keys && !problem && html`<${Waiting} />`}
    ${keys && html`<${Table} keys=${keys} onRevoked=${onRevoked} />`}
    ${keys && html`<${NewKey} onMade=${onMade} />`}
  `;
}

const Table = ({ keys, onRevoked }) => html`
  <table class="keys-table">
    <caption class="unseen">${t("settings.keys")}</caption>
    <thead>
      <tr>${["name", "can", "used", "created"].map((one) => html`<th key=${one} scope="col">${t(`keys.${one}`)}</th>`)}
        <th scope="col"><span class="unseen">${t("keys.revoke")}</span></th></tr>
    </thead>
    <tbody>${keys.map((key) => html`<${KeyRow} key=${key.key_id} apiKey=${key} onRevoked=${onRevoked} />`)}</tbody>
  </table>
`;
