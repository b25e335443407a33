import { html } from "../lib/html.js";

// kind: "first" (one a view), "other", "quiet", "final" (outlined red: it can not be undone).
export const Button = ({ kind = "other", type = "button", children, ...rest }) => html`
  <button ...${rest} type=${type} class="button ${rest.class ?? ""}" data-kind=${kind}>${children}</button>
`;
