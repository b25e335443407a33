// The microphone: what it records, and how loud it is.
const KINDS = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];
const ENDINGS = { "audio/ogg": "ogg", "audio/webm": "webm", "audio/mp4": "m4a" };

// Begins at once; raises what the browser says if there is no microphone, or nobody may use it.
export async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream, { mimeType: KINDS.find((one) => MediaRecorder.isTypeSupported(one)) });
  const chunks = [];
  recorder.ondataavailable = ({ data }) => chunks.push(data);
  recorder.start(1000);
  const context = new AudioContext();
  const meter = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(meter);
  const ended = new Promise((done) => (recorder.onstop = done));
  return { recorder, level: () => loudness(meter), stop };

  // The file, with the time in its name.
  async function stop(words) {
    recorder.stop();
    await ended;
    stream.getTracks().forEach((track) => track.stop());
    context.close();
    const type = recorder.mimeType.split(";")[0];
    const at = new Date().toISOString().slice(0, 16).replace("T", " ").replace(":", ".");
    return new File(chunks, `${words} ${at}.${ENDINGS[type] ?? "webm"}`, { type });
  }
}

// 0 to 1
function loudness(meter) {
  const wave = new Uint8Array(meter.fftSize);
  meter.getByteTimeDomainData(wave);
  return Math.max(...wave.map((value) => Math.abs(value - 128))) / 128;
}
