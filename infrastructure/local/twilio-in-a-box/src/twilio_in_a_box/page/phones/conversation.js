import { Bubble } from "../bubbles/bubble.js";
import { day } from "../lib/format.js";
import { Component, html } from "../lib/html.js";
import { state } from "../lib/state.js";
import { t } from "../lib/words.js";
import { Waiting } from "../parts/waiting.js";

const NEAR = 80; // pixels: who is near the end stays there when a bubble comes

export class Conversation extends Component {
  getSnapshotBeforeUpdate() {
    const { scrollHeight, scrollTop, clientHeight } = this.box;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  componentDidUpdate(_, __, wasAtEnd) {
    if (wasAtEnd) this.toEnd();
  }

  componentDidMount() {
    this.grown = new ResizeObserver(() => this.atEnd && this.toEnd()); // a picture has loaded
    this.grown.observe(this.list);
    this.atEnd = true;
    this.toEnd();
  }

  componentWillUnmount() {
    this.grown.disconnect();
  }

  toEnd = () => (this.box.scrollTop = this.box.scrollHeight);

  onScroll = () => {
    const { scrollHeight, scrollTop, clientHeight } = this.box;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
  };

  render({ number }) {
    const bubbles = state.messages[number];
    return html`
      <div class="talk" role="log" tabindex="0" aria-label=${t("talk")} ref=${(box) => (this.box = box)} onScroll=${this.onScroll}>
        <ol ref=${(list) => (this.list = list)}>
          ${bubbles?.length === 0 && html`<li class="talk-none">${t("talk.none")}</li>`}
          ${bubbles?.map((one, index) => html`
            ${day(one.at) !== (index ? day(bubbles[index - 1].at) : "") && html`<li class="talk-day" key=${`day-${one.sid}`}>${day(one.at)}</li>`}
            <${Bubble} key=${one.sid} bubble=${one} number=${number} />
          `)}
          ${state.typing[number] && html`<li class="typing"><span class="unseen">${t("talk.typing")}</span><i></i><i></i><i></i></li>`}
        </ol>
        ${bubbles === undefined && html`<${Waiting} lines=${3} />`}
      </div>
    `;
  }
}
