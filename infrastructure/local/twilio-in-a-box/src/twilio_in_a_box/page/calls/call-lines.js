import { length } from "../lib/format.js";
import { Component, html } from "../lib/html.js";
import { known, t } from "../lib/words.js";

const SAID = ["say", "speech", "error"];

// What was said, by whom and when; and what is wrong.
export class CallLines extends Component {
  componentDidUpdate() {
    if (this.count !== this.props.call.lines.length) this.box.scrollTop = this.box.scrollHeight;
    this.count = this.props.call.lines.length;
  }

  render({ call }) {
    return html`
      <div class="call-lines" role="log" tabindex="0" aria-label=${t("call.lines")} ref=${(box) => (this.box = box)}>
        <ol>
          ${call.lines.map((line, index) => html`
            <li class="call-line" key=${index} data-who=${line.who} data-said=${SAID.includes(line.kind)}>
              <span class="call-at">${length(line.at)}</span><span class="unseen">${t(`call.who.${line.who}`)}</span>
              <span class="call-words" dir="auto">${words(line)}</span>
            </li>
          `)}
        </ol>
        ${call.problems.length > 0 && html`<ul class="call-problems" aria-label=${t("call.problems")}>${call.problems.map((one, index) => html`
          <li key=${index}>${one.code ? `${one.code}: ` : ""}${one.text}</li>`)}</ul>`}
        ${call.is_silent && html`<p class="call-problems">${t("call.silent")}</p>`}
      </div>
    `;
  }
}

function words({ kind, text, who }) {
  if (kind === "speech" && !text) return t("call.line.mumble");
  if (SAID.includes(kind)) return text;
  const key = kind === "hangup" ? `call.line.hangup.${who}` : `call.line.${kind}`;
  return known(key) ? t(key, { text }) : `${kind} ${text}`;
}
