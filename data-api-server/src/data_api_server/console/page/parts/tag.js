import { html } from "../lib/html.js";

export const Tag = ({ children }) => html`<span class="tag">${children}</span>`;
