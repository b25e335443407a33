import { html } from "../lib/html.js";

// kind: "first" (one a view), "other", "quiet", "final" (outlined red: it can not be undone).
export function Button({ kind = "other", type = "button", working = false, disabled = false, children, ...rest }) {
  return html`
    <button ...${rest} type=${type} class="button ${rest.class ?? ""}" data-kind=${kind} disabled=${disabled || working} aria-busy=${working}>
      ${working && html`<span class="button-working" aria-hidden="true"></span>`}${children}
    </button>
  `;
}
