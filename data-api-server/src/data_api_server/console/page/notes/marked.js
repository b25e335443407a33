import { html } from "../lib/html.js";

const SIGNS = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&#39;": "'", "&amp;": "&" };
const plain = (text) => text.replace(/&(?:lt|gt|quot|#x27|#39|amp);/g, (sign) => SIGNS[sign]);

// A highlighted text of the search: its `<mark>` are the only HTML in it, and everything else is shown as text.
export function Marked({ text }) {
  return text.split(/<mark>(.*?)<\/mark>/s).map((part, at) => (at % 2 ? html`<mark>${plain(part)}</mark>` : plain(part)));
}
