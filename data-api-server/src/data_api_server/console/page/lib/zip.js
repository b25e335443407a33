// A ZIP file of blobs, not made smaller: recordings are compressed already. A browser keeps large blobs on disk, so hours
// of sound are not in memory. Up to 4 GB (PKWARE, "APPNOTE.TXT").
const LARGEST = 2 ** 32 - 1;
const UTF8 = 0x800;
const TABLE = Uint32Array.from({ length: 256 }, (_, value) => {
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

async function checksum(blob) {
  let sum = -1;
  const reader = blob.stream().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    for (const byte of part.value) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
  }
  return ~sum >>> 0;
}

// Numbers in as many bytes as they are told, the lowest first: `packed([2, 20], [4, size])`
function packed(...fields) {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [size]) => sum + size, 0)));
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return view;
}

// The ZIP file as parts of a blob, of files with a name and a blob each. Raises RangeError if they are too large.
export async function zip(files, at = new Date()) {
  const time = (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1);
  const day = ((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate();
  const [parts, index] = [[], []];
  let offset = 0;
  for (const { name, blob } of files) {
    const called = new TextEncoder().encode(name);
    if (offset + blob.size > LARGEST) throw new RangeError(name);
    const sizes = [[4, blob.size], [4, blob.size], [2, called.length], [2, 0]];
    const common = [[2, 20], [2, UTF8], [2, 0], [2, time], [2, day], [4, await checksum(blob)], ...sizes];
    parts.push(packed([4, 0x04034b50], ...common), called, blob);
    index.push(packed([4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), called);
    offset += 30 + called.length + blob.size;
  }
  const length = index.reduce((sum, one) => sum + one.byteLength, 0);
  const end = packed([4, 0x06054b50], [4, 0], [2, files.length], [2, files.length], [4, length], [4, offset], [2, 0]);
  return [...parts, ...index, end];
}
