import { html } from "../lib/html.js";
import { t } from "../lib/words.js";

const RING = html`<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.7" />`;
const pie = (path) => html`${RING}<path d=${path} fill="currentColor" />`;
const cut = (path) => html`<path d=${path} class="mark-cut" fill="none" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />`;

// Shape says how far, colour says who must act.
const SHAPES = {
  received: RING,
  heard: pie("M8 8V3.6A4.4 4.4 0 0 1 12.4 8Z"),
  understood: pie("M8 3.6A4.4 4.4 0 0 1 8 12.4Z"),
  filed: pie("M8 8V3.6A4.4 4.4 0 1 1 3.6 8Z"),
  searchable: html`<circle cx="8" cy="8" r="7.4" fill="currentColor" />${cut("M4.9 8.2 7.1 10.4 11.2 6")}`,
  waiting: html`${RING}<path d="M6.5 5.8v4.4M9.5 5.8v4.4" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" />`,
  refused: html`${RING}<path d="M3.6 12.4 12.4 3.6" stroke="currentColor" stroke-width="1.6" />`,
  parked: html`<rect x=".8" y=".8" width="14.4" height="14.4" rx="3.6" fill="currentColor" />${cut("M8 4.2v4.6M8 11.6v.01")}`,
  overdue: html`<path d="M8 1.6 15 14H1Z" fill="currentColor" stroke="currentColor" stroke-linejoin="round" />${cut("M8 6.2v3.4M8 11.9v.01")}`,
};

// 16 px; `plain` leaves out its name, where words beside it say the same.
export function StatusMark({ status, plain = false, size = 16 }) {
  const name = plain ? { "aria-hidden": "true" } : { role: "img", "aria-label": t(`status.${status}`) };
  return html`<svg class="status-mark" data-status=${status} viewBox="0 0 16 16" width=${size} height=${size} ...${name}>${SHAPES[status]}</svg>`;
}
