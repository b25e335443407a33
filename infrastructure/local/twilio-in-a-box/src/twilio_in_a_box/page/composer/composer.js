import { draft, sendDraft, write } from "../app/messages.js";
import { Component, html } from "../lib/html.js";
import { state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Attached } from "./attached.js";
import { More } from "./more.js";
import { Recording } from "./recording.js";

// Where a phone writes. Return sends, Shift and Return is a new line; with nothing written, the round button records.
export class Composer extends Component {
  onKeyDown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    sendDraft(this.props.number);
  };

  recorded = (file) => {
    this.setState({ records: false });
    if (file) sendDraft(this.props.number, { file });
  };

  picked = (event) => (write(this.props.number, { file: event.target.files[0] }), (event.target.value = ""));

  render({ number }, { records = false }) {
    const { text = "", file } = draft(number);
    const writes = Boolean(text.trim() || file);
    return html`
      <${Attached} number=${number} />
      ${state.problems[number] && html`<p class="composer-problem" role="alert">${state.problems[number]}</p>`}
      ${records ? html`<${Recording} onDone=${this.recorded} />` : html`
        <form class="composer" onSubmit=${(event) => (event.preventDefault(), sendDraft(number))}>
          <${More} number=${number} />
          <textarea id=${`text-${number}`} rows="1" aria-label=${t("composer.text")} placeholder=${t("composer.text")} value=${text}
            onInput=${(event) => write(number, { text: event.target.value })} onKeyDown=${this.onKeyDown}></textarea>
          <label class="icon-button composer-file"><input type="file" class="unseen" onChange=${this.picked} /><span class="unseen">${t("composer.file")}</span><${Icon} name="attach" /></label>
          ${writes
            ? html`<button type="submit" key="send" class="composer-go" aria-label=${t("composer.send")}><${Icon} name="send" /></button>`
            : html`<button type="button" key="mic" class="composer-go" aria-label=${t("composer.record")} onClick=${() => this.setState({ records: true })}><${Icon} name="mic" /></button>`}
        </form>
      `}
    `;
  }
}
