import { html } from "../lib/html.js";

// 20 px, stroke 1.5, round.
const PATHS = {
  more: "M5 10h.01M10 10h.01M15 10h.01",
  close: "M5 5l10 10M15 5 5 15",
  down: "M6 8l4 4 4-4",
  right: "M4 10h12M11.500 5.500 16 10l-4.500 4.500",
  left: "M16 10H4M8.500 5.500 4 10l4.500 4.500",
  back: "M4 8.500h8.500a3.500 3.500 0 0 1 0 7H9M7.500 5 4 8.500 7.500 12",
  on: "M16 8.500H7.500a3.500 3.500 0 0 0 0 7H11M12.500 5 16 8.500 12.500 12",
  plus: "M10 4v12M4 10h12",
  attach: "M15.500 9.500 9.800 15.200a3.500 3.500 0 0 1-5-5l6.200-6.200a2.300 2.300 0 0 1 3.300 3.300L8.200 13.400a1.100 1.100 0 0 1-1.600-1.600l5.200-5.200",
  send: "M3.500 10h13M10.500 4l6 6-6 6",
  mic: "M10 2.500a2.500 2.500 0 0 0-2.500 2.500v5a2.500 2.500 0 0 0 5 0V5A2.500 2.500 0 0 0 10 2.500ZM4.500 9.500a5.500 5.500 0 0 0 11 0M10 15v2.500",
  place: "M10 2.500a5.500 5.500 0 0 0-5.500 5.500c0 4 5.500 9.500 5.500 9.500s5.500-5.500 5.500-9.500A5.500 5.500 0 0 0 10 2.500ZM10 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z",
  contact: "M10 3a3.200 3.200 0 1 0 0 6.400A3.200 3.200 0 0 0 10 3ZM3.500 17c.6-3.400 3.200-5.200 6.500-5.200s5.900 1.800 6.500 5.200",
  file: "M5.500 2.500h6L16 7v9a1.500 1.500 0 0 1-1.500 1.500h-9A1.500 1.500 0 0 1 4 16V4a1.500 1.500 0 0 1 1.500-1.500ZM11.500 2.500V7H16",
  offline: "M3 3l14 14M7 5.300A5 5 0 0 1 14.500 8.500h.5a3.500 3.500 0 0 1 2.300 6.100M5.500 7.500A4 4 0 0 0 5.500 15.500H13",
  call: "M6.200 3H4.500A1.500 1.500 0 0 0 3 4.600C3.300 11.300 8.700 16.700 15.400 17a1.500 1.500 0 0 0 1.600-1.500v-1.700a1 1 0 0 0-.8-1l-2.500-.5a1 1 0 0 0-1 .4l-.8 1.200a10.500 10.500 0 0 1-5.800-5.800l1.200-.8a1 1 0 0 0 .4-1L7.200 3.800a1 1 0 0 0-1-.8Z",
  list: "M7 5.500h9M7 10h9M7 14.500h9M3.500 5.500h.01M3.500 10h.01M3.500 14.500h.01",
};
const FILLED = {
  play: "M6 4.200v11.600a.6.6 0 0 0 .9.5l9.300-5.800a.6.6 0 0 0 0-1L6.900 3.700a.6.6 0 0 0-.9.5Z",
  pause: "M5.500 4h3v12h-3ZM11.500 4h3v12h-3Z",
};
const LOGO = html`<rect width="20" height="20" rx="5" class="logo-ground" />
  <path d="M5 8.800v2.400M7.500 7v6M10 5v10M12.500 7.500v5M15 8.800v2.400" class="logo-bars" fill="none" stroke-width="1.400" stroke-linecap="round" />`;

const drawn = (name) => name === "logo" ? LOGO : name in FILLED ? html`<path d=${FILLED[name]} fill="currentColor" />`
  : html`<path d=${PATHS[name]} fill="none" stroke="currentColor" stroke-width=${name === "more" ? 2.2 : 1.5} stroke-linecap="round" stroke-linejoin="round" />`;

export const Icon = ({ name, size = 20 }) => html`
  <svg class="icon" viewBox="0 0 20 20" width=${size} height=${size} aria-hidden="true">${drawn(name)}</svg>
`;
