import { call } from "../lib/api.js";
import { Component, html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { StatusMark } from "../parts/status-mark.js";
import { isOver, story } from "./story.js";

const AGAIN = 1500; // milliseconds

// What came of a message; it is asked for again until nothing more will come.
export class CameOfIt extends Component {
  componentDidMount() {
    this.load();
  }

  componentWillUnmount() {
    clearTimeout(this.timer);
    this.left = true;
  }

  load = async () => {
    const { came_of: told } = await call("GET", `events/${this.props.event.id}`).catch(() => ({ came_of: this.state.told ?? [] }));
    if (this.left) return;
    this.setState({ told });
    if (!isOver(told)) this.timer = setTimeout(this.load, AGAIN);
  };

  render({ event }, { told = [] }) {
    return html`
      <h3>${t("open.story")}</h3>
      <ol class="story">${story(event, told).map((one) => html`
        <li><${StatusMark} mark=${one.mark} /><span class="story-words">${one.words}</span><span class="story-after">${one.after}</span></li>
      `)}</ol>
    `;
  }
}
