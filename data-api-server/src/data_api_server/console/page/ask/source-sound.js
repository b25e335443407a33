import { length } from "../lib/format.js";
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { PlayIcon } from "../parts/play-icon.js";
import { player, playFrom, seek, toggle } from "../parts/player.js";
import { Waveform } from "../parts/waveform.js";

const STEP = 5; // seconds

// The source's recording, with the quote marked in its waveform.
export function SourceSound({ citation, note }) {
  const { message_id: id, sender_name: label, start, end } = citation;
  const { messageId, at: now, playing: on, failed, duration: heard } = player.value;
  const mine = messageId === id;
  const [at, playing, duration] = [mine ? now : start, mine && on, (mine && heard) || note?.duration || end];
  const to = (second) => (mine ? seek(second) : playFrom({ messageId: id, at: Math.max(second, 0), label, note }));
  const press = () => (mine && !failed ? toggle() : playFrom({ messageId: id, at, label, note }));
  const button = (name, act) => html`<button type="button" class="icon-button" aria-label=${t(`player.${name}`)} onClick=${act}><${PlayIcon} name=${name} size="22" /></button>`;
  return html`
    <div class="sound">
      <${Waveform} peaks=${note?.peaks ?? []} duration=${duration} at=${at} quotes=${[[start, end]]} onSeek=${to} onToggle=${press} />
      <div class="sound-acts">
        ${button("back", () => to(at - STEP))}
        <button type="button" class="player-play" aria-label=${t(playing ? "player.pause" : "player.play")} onClick=${press}><${PlayIcon} name=${playing ? "pause" : "play"} /></button>
        ${button("on", () => to(at + STEP))}
        <span class="sound-time"><b>${length(at)}</b> / ${length(duration)}</span>
      </div>
      ${mine && failed && html`<p class="player-failed" role="alert">${t("player.failed")}</p>`}
    </div>
  `;
}
