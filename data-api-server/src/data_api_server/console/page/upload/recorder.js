import { html, useEffect, useRef, useState } from "../lib/html.js";
import { length } from "../lib/format.js";
import { t } from "../lib/words.js";
import { Button } from "../parts/button.js";
import { Level } from "./level.js";
import { add } from "./queue.js";
import { record } from "./recording.js";

export function Recorder() {
  const [now, setNow] = useState(null);
  const [paused, setPaused] = useState(false);
  const [problem, setProblem] = useState(false);
  const running = useRef(null);
  running.current = now;
  useEffect(() => () => void end(running.current, true), []); // who goes to another page keeps what was said
  useEffect(() => {
    const ask = (event) => running.current && event.preventDefault(); // who closes the tab is asked first
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, []);
  const begin = () => record().then((made) => (setProblem(false), setPaused(false), setNow(made)), () => setProblem(true));
  const stop = (keep) => (setNow(null), end(now, keep));
  const hold = () => (paused ? now.recorder.resume() : now.recorder.pause(), setPaused(!paused));
  return html`
    <aside class="upload-record" aria-label=${t("upload.record")}>
      <h2>${t("upload.record")}</h2>
      <div class="upload-card">
        ${now ? html`<${Running} now=${now} paused=${paused} onHold=${hold} onStop=${stop} />` : html`<${Button} onClick=${begin}>${t("upload.record.begin")}<//>`}
      </div>
      ${problem && html`<p class="upload-cause" role="alert">${t("upload.record.none")}</p>`}
      <p class="upload-kept">${t("upload.kept")}</p>
    </aside>
  `;
}

async function end(now, keep) {
  const file = await now?.stop(t("upload.recording"));
  if (file && keep) add([{ file, source: file }]);
}

function Running({ now, paused, onHold, onStop }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => paused || setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, [paused]);
  return html`
    <p class="upload-now" data-paused=${paused}><span>${t(paused ? "upload.record.held" : "upload.record.on")}</span><span class="upload-time">${length(seconds)}</span></p>
    <${Level} level=${now.level} paused=${paused} />
    <div class="buttons">
      <${Button} onClick=${onHold}>${t(paused ? "upload.resume" : "upload.pause")}<//>
      <${Button} kind="first" onClick=${() => onStop(true)}>${t("upload.record.stop")}<//>
    </div>
    <${Button} kind="quiet" onClick=${() => onStop(false)}>${t("upload.record.away")}<//>
  `;
}
