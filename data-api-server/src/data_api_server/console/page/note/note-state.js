import { html, useState } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { needsYou, reason, stage } from "../notes/about.js";
import { Button } from "../parts/button.js";
import { done } from "../parts/done.js";

// Why the note is not settled. A parked one can be tried again.
export function NoteState({ open, note }) {
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState("");
  const why = reason(note);
  const again = () => {
    setWorking(true);
    const failed = (error) => setProblem(error.detail || t("notice.no-answer"));
    open.act("retry").then(() => done(t("note.trying")), failed).finally(() => setWorking(false));
  };
  if (!why) return null;
  return html`
    <div class="note-state" data-stage=${stage(note)}>
      <p>${why}</p>
      ${needsYou(note) && can("write") && html`<${Button} working=${working} onClick=${again}>${t("notice.again")}<//>`}
      <p class="field-problem" role="alert">${problem}</p>
    </div>
  `;
}
