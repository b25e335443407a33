// A recording of the microphone as phones send it: WAV, one channel, 8,000 samples a second, in base64.
const RATE = 8000;
const HEAD = 44;
const CHUNK = 8192;

export async function toWav(file) {
  const decoded = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await file.arrayBuffer());
  const samples = decoded.getChannelData(0);
  const view = new DataView(new ArrayBuffer(HEAD + 2 * samples.length));
  head(view, 2 * samples.length);
  samples.forEach((sample, at) => view.setInt16(HEAD + 2 * at, Math.max(-1, Math.min(1, sample)) * 32767, true));
  return base64(new Uint8Array(view.buffer));
}

function head(view, size) {
  const words = { 0: "RIFF", 8: "WAVE", 12: "fmt ", 36: "data" };
  for (const [at, word] of Object.entries(words)) [...word].forEach((one, index) => view.setUint8(Number(at) + index, one.charCodeAt(0)));
  const longs = { 4: HEAD - 8 + size, 16: 16, 24: RATE, 28: 2 * RATE, 40: size };
  const shorts = { 20: 1, 22: 1, 32: 2, 34: 16 };
  for (const [at, value] of Object.entries(longs)) view.setUint32(Number(at), value, true);
  for (const [at, value] of Object.entries(shorts)) view.setUint16(Number(at), value, true);
}

function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}
