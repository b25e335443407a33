import { html } from "../lib/html.js";

export function Switch({ id, label, hint, on, disabled = false, onTurn }) {
  return html`
    <div class="switch" data-on=${on} data-disabled=${disabled}>
      <button type="button" role="switch" id=${`switch-${id}`} class="switch-knob" aria-checked=${on ? "true" : "false"} aria-disabled=${disabled ? "true" : undefined}
        aria-labelledby=${`switch-${id}-label`} aria-describedby=${`switch-${id}-hint`} onClick=${() => disabled || onTurn(!on)}><i></i></button>
      <p id=${`switch-${id}-label`} class="switch-label" onClick=${() => disabled || onTurn(!on)}>${label}</p>
      <p id=${`switch-${id}-hint`} class="switch-hint">${hint}</p>
    </div>
  `;
}
