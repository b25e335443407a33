import { api } from "../lib/api.js";
import { html, useEffect, useRef, useState } from "../lib/html.js";
import { can } from "../lib/session.js";
import { t } from "../lib/words.js";
import { done } from "../parts/done.js";
import { ProblemNotice } from "../parts/notice.js";
import { Waiting } from "../parts/waiting.js";
import { AddWord } from "./add-word.js";
import { Suggestion } from "./suggestion.js";
import { Word } from "./word.js";

// Names and parts that should be heard right, and those that corrections suggest.
export default function GlossarySection() {
  const [glossary, setGlossary] = useState(null);
  const [problem, setProblem] = useState(null);
  const etag = useRef(null);
  const take = ({ data, etag: state }) => (setGlossary(data), (etag.current = state), setProblem(null), data);
  const load = () => api.get("v1/glossary").then(take, setProblem);
  useEffect(() => void load(), []);
  // Somebody else may have changed the words meanwhile: then this change is made to theirs.
  const change = async (changed, again = true) => {
    const { data, etag: state } = await api.get("v1/glossary");
    try {
      take(await api.put("v1/glossary", { words: changed(data.words) }, { etag: state }));
    } catch (error) {
      if (error.status === 412 && again) await change(changed, false);
      else throw error;
    }
  };
  const tried = (changed) => change(changed).catch(setProblem);
  const add = (word) => tried((words) => (words.some((one) => one.toLowerCase() === word.toLowerCase()) ? words : [...words, word]));
  const remove = async (word) => {
    await tried((words) => words.filter((one) => one !== word));
    done(t("glossary.removed", { word }), () => add(word));
  };
  const dismiss = async (word, dismissed = true) => {
    const answer = await api.put("v1/glossary/dismissed", { word, dismissed }).catch(setProblem);
    if (!answer) return;
    take(answer);
    if (dismissed) done(t("glossary.dismissed", { word }), () => dismiss(word, false));
  };
  const { words = [], suggestions = [] } = glossary ?? {};
  return html`
    <h2 id="settings-title" class="section-title">${t("settings.glossary")} ${glossary && html`<small>${t("glossary.words", { count: words.length })}</small>`}</h2>
    <p class="section-text">${t("glossary.text")}</p>
    ${problem && html`<${ProblemNotice} problem=${problem} title=${t(glossary ? "glossary.not-saved" : "glossary.not-read")} onAgain=${load} />`}
    ${!glossary && !problem && html`<${Waiting} />`}
    ${glossary && can("write") && html`<${AddWord} onAdd=${add} />`}
    ${glossary && html`<ul class="glossary-words">${words.map((word) => html`<${Word} key=${word} word=${word} onRemove=${can("write") && (() => remove(word))} />`)}</ul>`}
    ${suggestions.length > 0 && html`<h3>${t("glossary.suggested")}</h3>
      <ul class="suggestions">${suggestions.map((one) => html`<${Suggestion} key=${one.word + one.message_id} suggestion=${one} onAdd=${can("write") && (() => add(one.word))} onDismiss=${() => dismiss(one.word)} />`)}</ul>`}
  `;
}
