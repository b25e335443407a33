// Puts the Opus packets of a WebM recording into Ogg, as WhatsApp sends them: Chromium records no Ogg itself.
// The packets stay as they are (RFC 7845 for Ogg; the WebM elements by their ids of the Matroska specification).
const OPENED = new Set([0x18538067, 0x1f43b675, 0x1654ae6b, 0xae, 0xa0]); // segment, cluster, tracks, track, group
const HEAD = 0x63a2;
const BLOCKS = new Set([0xa3, 0xa1]);
const RATE = 48; // samples a millisecond, whatever was recorded
const A_PAGE = 20; // packets: under half a second of sound, and few enough for one page
const FIRST = 2;
const LAST = 4;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value;
});

// The bytes of an Ogg file; null if these are not Opus in WebM.
export function fromWebm(bytes) {
  const { head, packets } = unpacked(bytes);
  if (!head || !packets.length) return null;
  const tags = new TextEncoder().encode("OpusTags\0\0\0\0\0\0\0\0");
  const pages = [page([head], { flags: FIRST, samples: 0, number: 0 }), page([tags], { flags: 0, samples: 0, number: 1 })];
  let samples = 0;
  for (let start = 0; start < packets.length; start += A_PAGE) {
    const some = packets.slice(start, start + A_PAGE);
    samples += some.reduce((sum, packet) => sum + samplesOf(packet), 0);
    pages.push(page(some, { flags: start + A_PAGE >= packets.length ? LAST : 0, samples, number: pages.length }));
  }
  return new Blob(pages, { type: "audio/ogg; codecs=opus" });
}

function unpacked(bytes) {
  const packets = [];
  let head = null;
  let at = 0;
  while (at < bytes.length) {
    const [id, afterId] = number(bytes, at, true);
    const [size, start] = number(bytes, afterId, false);
    if (id === HEAD) head = bytes.subarray(start, start + size);
    if (BLOCKS.has(id)) packets.push(bytes.subarray(number(bytes, start, false)[1] + 3, start + size)); // time, flags
    at = OPENED.has(id) ? start : start + size;
  }
  return { head, packets };
}

// A number of WebM and where it ends. An id keeps the bit that marks its length.
function number(bytes, at, isId) {
  const width = Math.clz32(bytes[at]) - 23;
  let value = isId ? bytes[at] : bytes[at] & (0xff >> width);
  for (let more = 1; more < width; more++) value = value * 256 + bytes[at + more];
  return [value, at + width];
}

// How much sound a packet holds (RFC 6716, section 3.1).
function samplesOf(packet) {
  const kind = packet[0] >> 3;
  const each = kind < 12 ? [10, 20, 40, 60][kind & 3] : kind < 16 ? [10, 20][kind & 1] : [2.5, 5, 10, 20][kind & 3];
  const frames = [1, 2, 2, packet[1] & 63][packet[0] & 3];
  return each * frames * RATE;
}

function page(packets, { flags, samples, number: sequence }) {
  const lacing = packets.flatMap((packet) => [...Array(Math.floor(packet.length / 255)).fill(255), packet.length % 255]);
  const length = packets.reduce((sum, packet) => sum + packet.length, 27 + lacing.length);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x4f, 0x67, 0x67, 0x53, 0, flags]); // OggS
  view.setUint32(6, samples, true);
  view.setUint32(14, 1, true); // the stream's number
  view.setUint32(18, sequence, true);
  bytes[26] = lacing.length;
  bytes.set(lacing, 27);
  let at = 27 + lacing.length;
  for (const packet of packets) bytes.set(packet, (at += packet.length) - packet.length);
  view.setUint32(22, bytes.reduce((sum, byte) => (sum << 8) ^ TABLE[((sum >>> 24) ^ byte) & 255], 0) >>> 0, true);
  return bytes;
}
