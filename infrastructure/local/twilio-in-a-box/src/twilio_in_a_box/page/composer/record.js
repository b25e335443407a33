// The microphone. WhatsApp sends Ogg with Opus: Firefox records it; what Chromium records is Opus in WebM, and is repacked.
import { fromWebm } from "../lib/ogg.js";

const KINDS = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];
const ENDINGS = { "audio/ogg": "ogg", "audio/webm": "webm", "audio/mp4": "m4a" };

// Begins at once; raises what the browser says if there is no microphone, or nobody may use it.
export async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream, { mimeType: KINDS.find((one) => MediaRecorder.isTypeSupported(one)) });
  const chunks = [];
  const ended = new Promise((done) => (recorder.onstop = done));
  recorder.ondataavailable = ({ data }) => chunks.push(data);
  recorder.start();
  return { stop };

  // A file with the type that its bytes have, whatever they were recorded as.
  async function stop() {
    if (recorder.state !== "inactive") recorder.stop();
    await ended;
    stream.getTracks().forEach((track) => track.stop());
    const recorded = new Blob(chunks, { type: recorder.mimeType });
    const isWebm = recorded.type.startsWith("audio/webm");
    const sound = (isWebm && fromWebm(new Uint8Array(await recorded.arrayBuffer()))) || recorded;
    return new File([sound], `voice.${ENDINGS[sound.type.split(";")[0]] ?? "webm"}`, { type: sound.type });
  }
}
