import { Component, html } from "../lib/html.js";
import { t } from "../lib/words.js";

const STAGES = [300, 5000]; // milliseconds: nothing, then grey lines, then words

export class Waiting extends Component {
  componentDidMount() {
    this.timers = STAGES.map((after, index) => setTimeout(() => this.setState({ stage: index + 1 }), after));
  }

  componentWillUnmount() {
    this.timers.forEach(clearTimeout);
  }

  render({ lines = 4 }, { stage = 0 }) {
    return html`
      <div class="waiting" aria-busy="true">
        <p role="status">${stage === 2 ? t("slow") : ""}</p>
        ${stage > 0 && Array.from({ length: lines }, (_, line) => html`<div class="waiting-line" key=${line}></div>`)}
      </div>
    `;
  }
}
