import { html, useId, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";

export function AddWord({ onAdd }) {
  const id = useId();
  const [word, setWord] = useState("");
  const add = (event) => {
    event.preventDefault();
    if (!word.trim()) return;
    onAdd(word.trim());
    setWord("");
  };
  return html`
    <form class="add-word" onSubmit=${add}>
      <div class="field"><label for=${id}>${t("glossary.word")}</label>
        <input id=${id} value=${word} maxlength="100" autocomplete="off" onInput=${(event) => setWord(event.target.value)} /></div>
      <${Button} type="submit">${t("glossary.add-word")}<//>
    </form>
  `;
}
