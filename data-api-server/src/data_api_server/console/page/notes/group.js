import { html, useEffect, useRef, useState } from "../lib/html.js";
import { Row } from "./row.js";

const NEAR = "2000px 0px";

// Some notes of a day. Far from what is in view their rows are left out and their height stays: of 10,000 notes the
// browser holds about a hundred rows. What is chosen or has focus stays.
export function Group({ name, notes, chosen, lost, scroller }) {
  const list = useRef(null);
  const height = useRef(0);
  const [near, setNear] = useState(true);
  useEffect(() => {
    const seen = (entries) => {
      const { isIntersecting, boundingClientRect, rootBounds } = entries.at(-1); // a busy browser tells several at once
      if (!rootBounds?.height) return; // the whole list is hidden: a phone shows a note in its place
      if (!isIntersecting) height.current = boundingClientRect.height;
      setNear(isIntersecting);
    };
    const watch = new IntersectionObserver(seen, { root: scroller.current, rootMargin: NEAR });
    watch.observe(list.current);
    return () => watch.disconnect();
  }, []);
  const drawn = near || notes.some((note) => note.message_id === chosen) || list.current.contains(document.activeElement);
  return html`
    ${name && html`<h2 class="notes-day">${name}</h2>`}
    <ul ref=${list} style=${drawn ? undefined : { height: `${height.current}px` }}>
      ${drawn && notes.map((note) => html`<${Row} key=${note.message_id} note=${note} chosen=${note.message_id === chosen} lost=${lost} />`)}
    </ul>
  `;
}
