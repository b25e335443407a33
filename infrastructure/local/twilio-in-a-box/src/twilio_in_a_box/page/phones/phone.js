import { Component, html } from "../lib/html.js";
import { write } from "../app/messages.js";
import { Call } from "../calls/call.js";
import { state } from "../lib/state.js";
import { Composer } from "../composer/composer.js";
import { Conversation } from "./conversation.js";
import { PhoneHead } from "./phone-head.js";

// One phone. A file that is dropped on it waits in its composer.
export class Phone extends Component {
  over = (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.setState({ over: event.type === "dragover" });
  };

  drop = (event) => {
    this.over(event);
    const [file] = event.dataTransfer.files;
    this.setState({ over: false });
    if (file) write(this.props.phone.number, { file });
  };

  render({ phone }, { over = false }) {
    return html`
      <section class="phone" aria-label=${phone.name || phone.number} data-over=${over}
        onDragOver=${this.over} onDragLeave=${this.over} onDrop=${this.drop}>
        <${PhoneHead} phone=${phone} />
        ${state.calls[phone.number] ? html`<${Call} key=${state.calls[phone.number].sid} call=${state.calls[phone.number]} />` : html`
          <${Conversation} number=${phone.number} />
          <${Composer} number=${phone.number} />
        `}
      </section>
    `;
  }
}
