import { html } from "../lib/html.js";

// A small part of Markdown as nodes: paragraphs, lists, headings, **bold**, *stressed*, `code`, and links by https.
// Anything else stays the text that it is.
const INLINE = /\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|`([^`]+)`|\[([^\]]+)\]\((https:\/\/[^\s)]+)\)/g;
const ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+/;

function inline(text) {
  const nodes = [];
  let done = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, bold, stressed, code, name, address] = found;
    nodes.push(text.slice(done, found.index));
    if (bold) nodes.push(html`<b>${bold}</b>`);
    else if (stressed) nodes.push(html`<em>${stressed}</em>`);
    else if (code) nodes.push(html`<code>${code}</code>`);
    else nodes.push(html`<a href=${address} target="_blank" rel="noopener noreferrer">${name}</a>`);
    done = found.index + whole.length;
  }
  return [...nodes, text.slice(done)];
}

const kindOf = (line) => (/^#{1,6}\s/.test(line) ? "heading" : ITEM.test(line) ? (ITEM.exec(line)[1] ? "ol" : "ul") : "p");

// Lines that belong together; an empty line, or another kind of line, begins another block.
function blocks(text) {
  const all = [];
  let open = null;
  for (const line of text.split(/\r?\n/)) {
    if (!line.trim()) open = null;
    else if (/^\s+/.test(line) && !ITEM.test(line) && open) open.lines.push(`${open.lines.pop()} ${line.trim()}`);
    else if (open?.kind === kindOf(line) && open.kind !== "heading") open.lines.push(line);
    else all.push((open = { kind: kindOf(line), lines: [line] }));
  }
  return all;
}

export function Markdown({ text }) {
  const item = (line) => html`<li>${inline(line.replace(ITEM, ""))}</li>`;
  const block = ({ kind, lines }) => {
    if (kind === "heading") return html`<p><b>${inline(lines[0].replace(/^#+\s+/, ""))}</b></p>`;
    if (kind === "p") return html`<p>${inline(lines.join(" "))}</p>`;
    return kind === "ol" ? html`<ol>${lines.map(item)}</ol>` : html`<ul>${lines.map(item)}</ul>`;
  };
  return html`<div class="markdown" dir="auto">${blocks(text).map(block)}</div>`;
}
