import { lostSince } from "../lib/api.js";
import { length } from "../lib/format.js";
import { html, useMemo } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { PlayIcon } from "../parts/play-icon.js";
import { faster, player, playFrom, RATES, seek, setRate, toggle } from "../parts/player.js";
import { Waveform } from "../parts/waveform.js";
import { next, spans } from "./places.js";
import { useNoteKeys } from "./note-keys.js";
import { quotedPart } from "./quotes.js";

// The recording: its waveform, and what plays it.
export function PlayerCard({ note, quote }) {
  const { messageId, at: now, playing: on, rate, failed, duration: heard } = player.value;
  const mine = messageId === note.message_id;
  const [at, playing, duration] = [mine ? now : 0, mine && on, (mine && heard) || note.duration];
  const unsure = useMemo(() => spans(note.segments, (one) => one.uncertain), [note.segments]);
  const quotes = useMemo(() => spans(note.segments, (one) => quotedPart(one.text, quote)), [note.segments, quote]);
  const unloaded = Boolean(lostSince.value) && !(mine && heard);
  const to = (second) => second !== undefined && !unloaded && (mine ? seek(second) : playFrom({ messageId: note.message_id, at: second, label: note.sender_name, note }));
  const press = () => (mine && !failed ? toggle() : to(at));
  const step = (by, chosen) => to(next(note.segments, at, by, chosen));
  useNoteKeys({ press, to: (by) => to(Math.max(at + by, 0)), line: step, unsure: () => step(1, (one) => one.uncertain), faster });
  const button = (name, label, act, part) => html`<button type="button" class="icon-button" aria-label=${t(label)} onClick=${act}>${part ?? html`<${PlayIcon} name=${name} size="22" />`}</button>`;
  return html`
    <section class="player" aria-label=${t("player.name")}>
      <${Waveform} peaks=${note.peaks ?? []} duration=${duration} at=${at} quotes=${quotes} unsure=${unsure} onSeek=${to} onToggle=${press} />
      <div class="player-row">
        <span class="player-buttons">
          ${button("back", "player.back", () => to(Math.max(at - 5, 0)))}
          <button type="button" class="player-play" disabled=${unloaded} aria-label=${t(playing ? "player.pause" : "player.play")} onClick=${press}><${PlayIcon} name=${playing ? "pause" : "play"} /></button>
          ${button("on", "player.on", () => to(at + 5))}
        </span>
        <span class="player-time"><b>${length(at)}</b> / ${length(duration)}</span>
        ${mine && failed && html`<span class="player-failed" role="alert">${t("player.failed")}</span>`}
        ${unloaded && html`<span class="player-offline">${t("player.offline")}</span>`}
        ${unsure.length > 0 && html`<span class="player-unsure"><span>${t("player.unsure", { count: unsure.length })}</span>
          ${button("", "player.unsure.before", () => step(-1, (one) => one.uncertain), html`<${Icon} name="left" />`)}
          ${button("", "player.unsure.next", () => step(1, (one) => one.uncertain), html`<${Icon} name="right" />`)}</span>`}
        <span class="player-rates" role="group" aria-label=${t("player.speed")}>${RATES.map((one) => html`
          <button type="button" key=${one} aria-pressed=${one === rate} onClick=${() => setRate(one)}>${one.toLocaleString("en")}${one === rate ? "×" : ""}</button>`)}</span>
        <button type="button" class="player-rate" aria-label=${t("player.speed.now", { rate: String(rate) })} onClick=${() => setRate(RATES[(RATES.indexOf(rate) + 1) % RATES.length])}>${rate}×</button>
      </div>
    </section>
  `;
}
