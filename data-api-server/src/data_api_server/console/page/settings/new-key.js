import { api } from "../lib/api.js";
import { html, useId, useState } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { StatusMark } from "../parts/status-mark.js";

const SCOPES = ["read", "write", "erase", "keys"];
const DAYS = [0, 30, 90, 365];

export function NewKey({ onMade }) {
  const id = useId();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState(["read", "write"].filter(can));
  const [days, setDays] = useState(0);
  const [stage, setStage] = useState({});
  const choose = (scope) => setScopes((before) => (before.includes(scope) ? before.filter((one) => one !== scope) : [...before, scope]));
  const make = async (event) => {
    event.preventDefault();
    if (!name.trim() || !scopes.length) return setStage({ problem: t(name.trim() ? "keys.no-scope" : "keys.no-name") });
    setStage({ working: true });
    const until = days ? new Date(Date.now() + days * 86_400_000).toISOString() : null;
    try {
      const { data } = await api.post("v1/keys", { name, scopes, expires_at: until });
      setName("");
      setStage({});
      onMade(data);
    } catch (problem) {
      setStage({ problem: problem.status ? problem.detail : t("keys.not-made") });
    }
  };
  return html`
    <form class="new-key" onSubmit=${make} aria-labelledby="${id}-title">
      <div>
        <h3 id="${id}-title" class="new-key-title">${t("keys.new")}</h3>
        <div class="field"><label for="${id}-name">${t("keys.name")}</label>
          <input id="${id}-name" value=${name} maxlength="100" autocomplete="off" aria-describedby="${id}-problem" aria-invalid=${stage.problem ? "true" : undefined}
            onInput=${(event) => (setName(event.target.value), setStage({}))} /></div>
        <div class="field"><label for="${id}-days">${t("keys.works")}</label>
          <select id="${id}-days" value=${days} onChange=${(event) => setDays(Number(event.target.value))}>
            ${DAYS.map((one) => html`<option key=${one} value=${one}>${one ? t("keys.days", { count: one }) : t("keys.until-revoked")}</option>`)}
          </select></div>
      </div>
      <fieldset><legend>${t("keys.it-can")}</legend>
        ${SCOPES.filter(can).map((one) => html`<label key=${one} class="check"><input type="checkbox" checked=${scopes.includes(one)} onChange=${() => choose(one)} />
          <span>${t(`scope.${one}`)}<small>${t(`scope.${one}.text`)}</small></span></label>`)}
      </fieldset>
      <div>
        <p id="${id}-problem" class="field-problem" role="alert">${stage.problem && html`<${StatusMark} status="parked" plain />${stage.problem}`}</p>
        <${Button} kind="first" type="submit" working=${stage.working}>${t("keys.create")}<//>
      </div>
    </form>
  `;
}
