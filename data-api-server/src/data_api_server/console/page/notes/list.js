import { place } from "../app/router.js";
import { lostSince } from "../lib/api.js";
import { html, useEffect, useRef } from "../lib/html.js";
import { useKeys } from "../lib/keys.js";
import { t } from "../lib/words.js";
import { ProblemNotice } from "../parts/notice.js";
import { Waiting } from "../parts/waiting.js";
import { grouped } from "./days.js";
import { Group } from "./group.js";
import { moveKeys } from "./moving.js";
import { fresh, load, more, rows, showFresh, state } from "./store.js";

// The loaded notes by day; the next page is loaded before its end comes into view.
export function List({ scroller }) {
  const end = useRef(null);
  const { loading, problem, next, loaded } = state.value;
  const chosen = place.value.path[1];
  useKeys(moveKeys(scroller));
  useEffect(() => {
    const watch = new IntersectionObserver((seen) => seen.at(-1).isIntersecting && more(), { root: scroller.current, rootMargin: "1200px" });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [next]);
  const onFresh = () => {
    showFresh();
    scroller.current.scrollTop = 0;
  };
  const failed = problem && (problem.status || !loaded);
  return html`
    <div role="status">
      ${fresh.value.length > 0 && html`<button type="button" class="notes-fresh" onClick=${onFresh}>${t("notes.fresh", { count: fresh.value.length })}</button>`}
    </div>
    ${grouped(rows.value).map((group) => html`<${Group} ...${group} chosen=${chosen} lost=${lostSince.value} scroller=${scroller} />`)}
    ${loading && html`<${Waiting} lines=${rows.value.length ? 2 : 8} />`}
    ${failed && html`<${ProblemNotice} problem=${problem} title=${t("notes.not-loaded")} onAgain=${loaded && rows.value.length ? more : load} />`}
    ${loaded && !loading && !rows.value.length && !next && html`<p class="notes-empty">${t("notes.none-fit")}</p>`}
    <div ref=${end}></div>
  `;
}
