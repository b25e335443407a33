import { html } from "../lib/html.js";

// One of several: `options` are pairs of a value and its words.
export const Choice = ({ name, label, options, ...rest }) => html`
  <div class="field">
    <label for=${`field-${name}`}>${label}</label>
    <select id=${`field-${name}`} name=${name} ...${rest}>${options.map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}</select>
  </div>
`;
