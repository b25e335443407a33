import { html } from "../lib/html.js";

const RING = html`<circle cx="8" cy="8" r="6.600" fill="none" stroke="currentColor" stroke-width="1.700" />`;
const pie = (path) => html`${RING}<path d=${path} fill="currentColor" />`;
const cut = (path) => html`<path d=${path} class="mark-cut" fill="none" stroke-width="1.600" stroke-linecap="round" stroke-linejoin="round" />`;

// The console's marks: shape says how far, colour says who must act. What has none is a dot.
const SHAPES = {
  received: RING,
  heard: pie("M8 8V3.600A4.400 4.400 0 0 1 12.400 8Z"),
  understood: pie("M8 3.600A4.400 4.400 0 0 1 8 12.400Z"),
  filed: pie("M8 8V3.600A4.400 4.400 0 1 1 3.600 8Z"),
  searchable: html`<circle cx="8" cy="8" r="7.400" fill="currentColor" />${cut("M4.900 8.200 7.100 10.400 11.200 6")}`,
  waiting: html`${RING}<path d="M6.500 5.800v4.400M9.500 5.800v4.400" stroke="currentColor" stroke-width="1.600" stroke-linecap="round" />`,
  refused: html`${RING}<path d="M3.600 12.400 12.400 3.600" stroke="currentColor" stroke-width="1.600" />`,
  parked: html`<rect x=".8" y=".8" width="14.400" height="14.400" rx="3.600" fill="currentColor" />${cut("M8 4.200v4.600M8 11.600v.010")}`,
};
const DOT = html`<circle cx="8" cy="8" r="2.500" fill="currentColor" />`;

export const StatusMark = ({ mark }) => html`
  <svg class="status-mark" data-status=${mark} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${SHAPES[mark] ?? DOT}</svg>
`;
