import { html } from "../lib/html.js";

// 20 px, stroke 1.5, round.
const PATHS = {
  notes: "M3 8.5v3M6 6v8M9 3.5v13M12 7v6M15 5v10M18 8.5v3",
  ask: "M4.5 3.5h11a1.5 1.5 0 0 1 1.5 1.5v7.500a1.5 1.5 0 0 1-1.5 1.500H9l-3.5 3v-3h-1A1.5 1.5 0 0 1 3 12.500V5a1.5 1.5 0 0 1 1.5-1.500ZM6.5 7.200h7M6.5 10.300h4.5",
  tasks: "M10 2.750a7.25 7.25 0 1 0 0 14.5 7.25 7.25 0 0 0 0-14.500ZM6.8 10.200l2.2 2.2 4.3-4.6",
  analyses: "M5.5 2.500h6L16 7v9a1.5 1.5 0 0 1-1.5 1.500h-9A1.5 1.5 0 0 1 4 16V4a1.5 1.5 0 0 1 1.5-1.500ZM11.5 2.500V7H16M7 10.500h6M7 13.500h4",
  calls: "M5.500 3h2.200l1.300 3.500-1.700 1.300a9.500 9.500 0 0 0 4.900 4.900l1.300-1.700 3.500 1.300v2.200a1.500 1.500 0 0 1-1.600 1.500A12 12 0 0 1 4 4.600 1.500 1.500 0 0 1 5.500 3Z",
  upload: "M10 13V3.500M6.2 7 10 3.2 13.8 7M3.5 13v2.500a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1V13",
  usage: "M3 16.500h14M5 13.500V10M10 13.500V3.500M15 13.500V7",
  settings: "M3 6h5M12.5 6H17M3 14h4.500M12 14h5M10.25 3.750a2.25 2.25 0 1 0 0 4.5 2.25 2.25 0 0 0 0-4.500ZM9.75 11.750a2.25 2.25 0 1 0 0 4.5 2.25 2.25 0 0 0 0-4.500Z",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  search: "M9 3.500a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM13.2 13.2 17 17",
  close: "M5 5l10 10M15 5 5 15",
  down: "M6 8l4 4 4-4",
  left: "M12 5 7 10l5 5",
  right: "M8 5l5 5-5 5",
  plus: "M10 4v12M4 10h12",
  check: "M4.5 10.500l3.5 3.5 7.5-8",
  archive: "M3 4h14v3.500H3ZM4.5 7.500V16h11V7.500M8 10.500h4",
  offline: "M3 3l14 14M7 5.300A5 5 0 0 1 14.5 8.500h.5a3.5 3.5 0 0 1 2.3 6.100M5.5 7.500A4 4 0 0 0 5.5 15.500H13",
  out: "M8 3.500H4.500a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1H8M8.5 10H17M13.5 6.5 17 10l-3.5 3.5",
  copy: "M7 7h9.500v9.500H7ZM4 13V3.500h9.5",
  mic: "M10 2.500a2.5 2.5 0 0 0-2.5 2.500v5a2.5 2.5 0 0 0 5 0V5A2.5 2.5 0 0 0 10 2.500ZM4.5 9.500a5.5 5.5 0 0 0 11 0M10 15v2.5",
  phone: "M6.5 2.500h7A1.5 1.5 0 0 1 15 4v12a1.5 1.5 0 0 1-1.5 1.500h-7A1.5 1.5 0 0 1 5 16V4a1.5 1.5 0 0 1 1.5-1.500ZM9 14.500h2",
  edit: "M4 16l.8-3.500L13.5 3.800l2.7 2.7-8.7 8.700Z",
  link: "M8.5 11.5 11.5 8.500M9 6l1.5-1.500a3.2 3.2 0 0 1 4.5 4.500L13.5 10.500M11 14l-1.5 1.500A3.2 3.2 0 0 1 5 11l1.5-1.5",
  download: "M10 3.500V13M6.2 9.5 10 13.300l3.8-3.800M3.5 16.500h13",
};

const LOGO = html`<rect width="20" height="20" rx="5" class="logo-ground" />
  <path d="M5 8.800v2.400M7.5 7v6M10 5v10M12.5 7.500v5M15 8.800v2.4" class="logo-bars" fill="none" stroke-width="1.4" stroke-linecap="round" />`;

export function Icon({ name, size = 20 }) {
  return html`
    <svg class="icon" viewBox="0 0 20 20" width=${size} height=${size} aria-hidden="true">
      ${name === "logo" ? LOGO : html`<path d=${PATHS[name]} fill="none" stroke="currentColor" stroke-width=${name === "more" ? 2.2 : 1.5}
        stroke-linecap="round" stroke-linejoin="round" />`}
    </svg>
  `;
}
