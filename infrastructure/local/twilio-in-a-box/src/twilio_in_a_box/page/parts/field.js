import { html } from "../lib/html.js";

export function Field({ name, label, hint = "", problem = "", ...rest }) {
  const told = [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(" ");
  return html`
    <div class="field">
      <label for=${`field-${name}`}>${label}</label>
      <input id=${`field-${name}`} name=${name} autocomplete="off" aria-invalid=${problem ? "true" : undefined} aria-describedby=${told || undefined} ...${rest} />
      ${hint && html`<p class="field-hint" id=${`${name}-hint`}>${hint}</p>`}
      ${problem && html`<p class="field-problem" id=${`${name}-problem`} role="alert">${problem}</p>`}
    </div>
  `;
}
