import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Gap } from "./gap.js";
import { Line } from "./line.js";
import { isLive } from "./store.js";
import { agentOf, customerOf } from "./about.js";

const NEAR = 8; // pixels below the edge

// What is said, line by line. It follows until somebody scrolls away from its end; there, or by the button, it follows again.
export function Said({ call, aim, onJump }) {
  const [end, list] = [useRef(null), useRef(null)];
  const live = isLive(call);
  const [follows, setFollows] = useState(live);
  const toEnd = () => end.current?.scrollIntoView({ block: "end" });
  useEffect(() => {
    const pane = list.current.closest(".call-main");
    let before = 0; // a pane that became smaller is not at its end, but nobody has scrolled up
    const onScroll = ({ target }) => {
      if (!target.contains(end.current)) return;
      const there = end.current.getBoundingClientRect().top < target.getBoundingClientRect().bottom + NEAR;
      if (there || target.scrollTop < before) setFollows(there);
      before = target.scrollTop;
    };
    pane.addEventListener("scroll", onScroll, { capture: true, passive: true });
    return () => pane.removeEventListener("scroll", onScroll, { capture: true });
  }, []);
  useLayoutEffect(() => {
    if (!follows || !live) return undefined;
    toEnd();
    const resized = new ResizeObserver(toEnd);
    resized.observe(list.current.closest(".call-words"));
    return () => resized.disconnect();
  }, [follows, live, call.sentences.length, call.gaps, call.partials]);
  useEffect(() => void list.current.querySelector(`[data-number="${aim.number}"]`)?.scrollIntoView({ block: "center" }), [aim]);
  const saying = Object.values(call.partials ?? {}).sort((one, other) => one.number - other.number);
  const line = (one, partial) => html`<${Line} key=${partial ? one.speaker : one.number} call=${call} sentence=${one} partial=${partial} chosen=${one.number === aim.number} onJump=${onJump} />`;
  // partial words come several times a second, and change no line of a long call
  const lines = useMemo(() => {
    const places = call.gaps.map((gap) => ({ gap, after: call.sentences.findLast((one) => one.number <= gap.after)?.number }));
    const gapsAfter = (number) => places.filter((one) => one.after === number).map(({ gap }) => html`<${Gap} key=${`gap ${gap.after}`} gap=${gap} />`);
    return [gapsAfter(undefined), ...call.sentences.map((one) => [line(one), gapsAfter(one.number)])];
  }, [call.sentences, call.gaps, call.hints, aim]);
  return html`
    <div role="log" aria-label=${t("calls.said")}>
      <ol class="said" ref=${list}>
        ${lines}
        ${saying.map((one) => line(one, true))}
      </ol>
    </div>
    <div class="said-end" ref=${end}></div>
    <footer class="said-foot" hidden=${!call.sentences.length && !saying.length}>
      ${live && html`<button type="button" aria-pressed=${follows} onClick=${() => (setFollows(true), toEnd())}><${Icon} name="down" size="16" />${t(follows ? "calls.follows" : "calls.follow")}</button>`}
      <span class="said-who"><i data-speaker="customer"></i><bdi>${customerOf(call)}</bdi></span><span class="said-who"><i data-speaker="agent"></i><bdi>${agentOf(call)}</bdi></span>
    </footer>
  `;
}
