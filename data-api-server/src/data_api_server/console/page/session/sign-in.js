import { html, useEffect, useRef, useState } from "../lib/html.js";
import { ended, keptKey, signIn } from "../lib/session.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";
import { StatusMark } from "../parts/status-mark.js";
import { Languages } from "./languages.js";
import { NoKey } from "./no-key.js";

const WRONG = [401, 403];

// Asks for a key, which stays in this tab.
export function SignIn() {
  const field = useRef(null);
  const [shown, setShown] = useState(false);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState(ended.value && t(`session.${ended.value}`));
  useEffect(() => field.current.focus(), []);
  const submit = async (event) => {
    event.preventDefault();
    const key = field.current.value.trim();
    setWorking(true);
    const told = key ? await signIn(key).then(() => "", said) : t("session.empty");
    setWorking(false);
    setProblem(told);
    if (told) field.current?.focus();
  };
  return html`
    <main class="sign-in">
      <form onSubmit=${submit}>
        <${Icon} name="logo" size="40" />
        <h1>${t("session.title")}</h1>
        <p>${t("session.text")}</p>
        <label for="key">${t("session.key")}</label>
        <div class="sign-in-field" data-wrong=${Boolean(problem)}>
          <input id="key" ref=${field} type=${shown ? "text" : "password"} autocomplete="off" autocapitalize="none"
            spellcheck=${false} defaultValue=${keptKey()} aria-invalid=${Boolean(problem)} aria-describedby="key-problem" />
          <button type="button" class="link" aria-pressed=${shown} onClick=${() => setShown(!shown)}>${t("session.show")}</button>
        </div>
        <p id="key-problem" class="field-problem" role="alert">${problem && html`<${StatusMark} status="parked" plain />${problem}`}</p>
        <${Button} kind="first" type="submit" working=${working}>${t("session.open")}<//>
        <p class="sign-in-kept">${t("session.kept")}</p>
      </form>
      <footer><${Languages} /><${NoKey} /></footer>
    </main>
  `;
}

function said(problem) {
  if (WRONG.includes(problem.status)) return t("session.refused");
  return problem.status ? problem.detail || problem.title : t("session.no-answer");
}
