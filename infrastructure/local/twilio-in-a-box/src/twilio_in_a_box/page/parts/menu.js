import { Component, html } from "../lib/html.js";

// A button that opens a panel below it. `children` is a function of `close`; Escape, a press outside and leaving close it.
export class Menu extends Component {
  outside = (event) => this.box.contains(event.target) || this.close(false);
  left = (event) => event.relatedTarget && !this.box.contains(event.relatedTarget) && this.close(false);

  onKeyDown = (event) => {
    if (event.key === "Escape" && this.state.open) event.stopPropagation(), this.close();
  };

  open = () => {
    if (this.state.open) return this.close();
    addEventListener("pointerdown", this.outside);
    return this.setState({ open: true });
  };

  close = (focus = true) => {
    removeEventListener("pointerdown", this.outside);
    this.setState({ open: false });
    if (focus) this.box.querySelector("button").focus();
  };

  componentWillUnmount() {
    removeEventListener("pointerdown", this.outside);
  }

  render({ label, name, class: className = "button", align = "end", up = false, children }, { open = false }) {
    return html`
      <div class="menu" ref=${(box) => (this.box = box)} onKeyDown=${this.onKeyDown} onFocusOut=${this.left}>
        <button type="button" class=${className} aria-label=${name} aria-expanded=${open} onClick=${this.open}>${label}</button>
        ${open && html`<div class="menu-panel" data-align=${align} data-up=${up} ref=${seen}>${children(this.close)}</div>`}
      </div>
    `;
  }
}

const seen = (panel) => panel?.scrollIntoView({ block: "nearest" });

export const MenuItem = ({ children, note = "", ...rest }) => html`
  <button type="button" class="menu-item" ...${rest}><span>${children}</span>${note && html`<span class="menu-note">${note}</span>`}</button>
`;
