import { html, useId } from "../lib/html.js";

// A field with its name, what it is for, and what the server says against it. `as` is "input" or "textarea".
export function Field({ name, label, text = "", problem = "", value, onValue, as = "input", first, ...rest }) {
  const id = useId();
  const about = { id, value, "aria-describedby": `${id}-text`, "aria-invalid": problem ? "true" : undefined, onInput: (event) => onValue({ [name]: event.target.value }), ...rest };
  return html`
    <div class="field" data-field=${name}><label for=${id}>${label}</label>
      ${as === "textarea" ? html`<textarea ref=${first} dir="auto" ...${about}></textarea>` : html`<input ref=${first} autocomplete="off" ...${about} />`}
      <small id="${id}-text">${problem && html`<span class="field-problem" role="alert">${problem}</span>`}${text}</small></div>
  `;
}
