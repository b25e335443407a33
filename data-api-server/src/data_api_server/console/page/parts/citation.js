import { go } from "../app/router.js";
import { length } from "../lib/format.js";
import { html, useComputed } from "../lib/html.js";
import { t } from "../lib/words.js";
import { PlayIcon } from "./play-icon.js";
import { pause, player, playFrom } from "./player.js";

// Where something was said, as a button that plays it: `at` in seconds. Written words have no sound: `onOpen` shows them.
// `bare` has no ground, for lists. `gone`: the note is erased.
export function Citation({ messageId, name = "", at = null, until = null, when = "", bare = false, gone = false, onOpen }) {
  const playing = useComputed(() => {
    const { messageId: id, from, playing: on } = player.value;
    return on && id === messageId && from === at;
  }).value;
  // a call may have no recording, or not yet: its note has the words
  const silent = useComputed(() => player.value.failed && player.value.messageId === messageId && player.value.from === at).value;
  const parts = (last) => html`<span>${name && html`<bdi>${name}</bdi> · `}${last}</span>`;
  if (gone) return html`<span class="citation" data-gone>${parts(t("citation.erased"))}</span>`;
  if (at === null) {
    return html`<button type="button" class="citation" data-written data-bare=${bare} onClick=${onOpen}><span aria-hidden="true">❞</span>${parts(t("citation.written", { when }))}</button>`;
  }
  const press = () => (silent ? go(["notes", messageId], { at }) : playing ? pause() : playFrom({ messageId, at, until, label: name }));
  const told = silent ? undefined : t(playing ? "citation.pause" : "citation.play", { what: [name, length(at)].filter(Boolean).join(", ") });
  return html`
    <button type="button" class="citation" data-bare=${bare} data-playing=${playing} aria-label=${told} onClick=${press}>
      ${!silent && html`<${PlayIcon} name=${playing ? "pause" : "play"} size="12" />`}${parts(silent ? t("citation.silent", { time: length(at) }) : length(at))}
    </button>
  `;
}
