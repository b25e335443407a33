import { html } from "../lib/html.js";

const FILLED = { play: "M6 4.2v11.600a.6.6 0 0 0 .9.500l9.300-5.800a.6.6 0 0 0 0-1L6.900 3.700a.6.6 0 0 0-.9.5Z", pause: "M5.500 4h3v12h-3ZM11.500 4h3v12h-3Z" };
const ROUND = { back: "M5.500 5.500A6.5 6.5 0 1 1 3.500 10.500M5.700 2.300V5.700H9.1", on: "M14.500 5.500A6.5 6.5 0 1 0 16.500 10.500M14.300 2.300V5.700H10.900" };

// play, pause, and 5 seconds back and on.
export function PlayIcon({ name, size = 20 }) {
  return html`
    <svg class="icon" viewBox="0 0 20 20" width=${size} height=${size} aria-hidden="true">
      ${name in FILLED
        ? html`<path d=${FILLED[name]} fill="currentColor" />`
        : html`<path d=${ROUND[name]} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />
          <text x="10" y="13.2" text-anchor="middle" font-size="7.5" font-weight="600" fill="currentColor">5</text>`}
    </svg>
  `;
}
