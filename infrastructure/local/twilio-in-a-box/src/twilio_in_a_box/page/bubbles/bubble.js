import { write } from "../app/messages.js";
import { Component, html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Buttons } from "./buttons.js";
import { BubbleMenu } from "./bubble-menu.js";
import { Content } from "./content.js";
import { Foot } from "./foot.js";
import { Quoted } from "./quoted.js";

const FAR = 56; // pixels to the right quote a bubble

// A message. `in` is what this phone sent, `out` what the platform sent.
export class Bubble extends Component {
  quote = () => {
    write(this.props.number, { quoting: this.props.bubble });
    document.getElementById(`text-${this.props.number}`)?.focus();
  };

  onPointerDown = (event) => {
    if (event.pointerType !== "touch" || event.target.closest("button, [role=slider], a")) return;
    this.from = { x: event.clientX, y: event.clientY };
  };

  onPointerMove = (event) => {
    if (!this.from) return;
    const x = event.clientX - this.from.x;
    if (Math.abs(event.clientY - this.from.y) > FAR) this.let(null);
    else this.setState({ x: Math.min(Math.max(x, 0), FAR * 1.3) });
  };

  onPointerUp = () => this.let(this.state.x > FAR ? this.quote : null);

  let = (then) => {
    if (!this.from) return;
    this.from = null;
    this.setState({ x: 0 });
    then?.();
  };

  render({ bubble, number }, { x = 0 }) {
    const failed = Boolean(bubble.error);
    return html`
      <li class="said" data-mine=${bubble.direction === "in"}>
        <div class="bubble" data-failed=${failed} data-kind=${bubble.media?.[0]?.content_type.split("/")[0]} style=${x ? { translate: `${x}px 0` } : undefined} onPointerDown=${this.onPointerDown}
          onPointerMove=${this.onPointerMove} onPointerUp=${this.onPointerUp} onPointerCancel=${() => this.let(null)}>
          <span class="unseen">${t(bubble.direction === "in" ? "talk.mine" : "talk.theirs")}</span>
          ${bubble.forwarded && html`<p class="bubble-forwarded">${t("talk.forwarded")}</p>`}
          ${bubble.quoting && html`<${Quoted} sid=${bubble.quoting} number=${number} />`}
          <${Content} bubble=${bubble} />
          <${Foot} bubble=${bubble} />
        </div>
        <${BubbleMenu} bubble=${bubble} number=${number} onQuote=${this.quote} />
        <${Buttons} bubble=${bubble} number=${number} />
      </li>
    `;
  }
}
