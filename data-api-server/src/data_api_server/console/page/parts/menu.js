import { html, useEffect, useId, useRef, useState } from "../lib/html.js";

// A button that opens a panel below it. `children` is a function of `close`; Escape, a press outside and leaving close it.
export function Menu({ label, name, class: className = "button", children, align = "end" }) {
  const [open, setOpen] = useState(false);
  const box = useRef(null);
  const id = useId();
  const close = (focus = true) => {
    setOpen(false);
    if (focus) box.current?.querySelector("button").focus();
  };
  useEffect(() => {
    if (!open) return undefined;
    const outside = (event) => box.current.contains(event.target) || close(false);
    addEventListener("pointerdown", outside);
    return () => removeEventListener("pointerdown", outside);
  }, [open]);
  const onKeyDown = (event) => event.key === "Escape" && open && (event.stopPropagation(), close());
  const left = (event) => event.relatedTarget && !box.current.contains(event.relatedTarget) && close(false);
  return html`
    <div class="menu" ref=${box} onKeyDown=${onKeyDown} onFocusOut=${left}>
      <button type="button" class=${className} aria-label=${name} aria-expanded=${open} aria-controls=${id} onClick=${() => setOpen(!open)}>${label}</button>
      ${open && html`<div class="menu-panel" id=${id} data-align=${align}>${children(close)}</div>`}
    </div>
  `;
}

// One line of a menu.
export const MenuItem = ({ children, note = "", ...rest }) => html`
  <button type="button" class="menu-item" ...${rest}><span>${children}</span>${note && html`<span class="menu-note">${note}</span>`}</button>
`;
