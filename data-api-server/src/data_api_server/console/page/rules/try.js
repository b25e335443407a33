import { go } from "../app/router.js";
import { api } from "../lib/api.js";
import { dayName } from "../lib/format.js";
import { html, useEffect, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Citation } from "../parts/citation.js";
import { bodyOf } from "./draft.js";

// Where the rule, as it is written now, would have been found in past notes. Nothing is kept.
export function Try({ draft, onProblem }) {
  const [found, setFound] = useState(null);
  const [working, setWorking] = useState(false);
  useEffect(() => setFound(null), [draft]); // it is another rule now
  const onTry = () => {
    setWorking(true);
    const body = bodyOf(draft);
    const tried = api.post("v1/rules/try", { ...body, name: body.name || "…", valid_from: null, valid_until: null });
    tried.then(({ data }) => setFound(data), onProblem).then(() => setWorking(false));
  };
  const notes = found && t("ask.notes", { count: found.notes });
  return html`
    <section class="rule-try">
      <${Button} working=${working} onClick=${onTry}>${t("rules.try")}<//>
      <p role="status">${found && (found.hits.length ? t("rules.tried", { count: found.hits.length, notes }) : t("rules.tried-none"))}</p>
      ${found && html`<ul>${found.hits.map(({ citation }, place) => html`<li key=${place}><${Hit} citation=${citation} /></li>`)}</ul>`}
    </section>
  `;
}

function Hit({ citation }) {
  const { message_id: id, sentence, before, quote, start, end, sender_name: name, received_at: at, title } = citation;
  return html`
    <p dir="auto">${before}<mark>${quote}</mark>${sentence.slice(before.length + quote.length)}</p>
    <${Citation} messageId=${id} name=${name} at=${start} until=${end} when=${dayName(at)} onOpen=${() => go(["notes", id], { quote })} />
    <span>${[title, start !== null && dayName(at)].filter(Boolean).join(" · ")}</span>
  `;
}
