// What the browser can tell of a file before it has arrived: seconds, or pages.
const LONGEST = 10_000; // milliseconds
const LARGEST = 2 ** 25; // bytes of a document that is looked through

let last = Promise.resolve();

// One file after the other: fifty at once would be too many.
export const about = (file) => (last = last.then(() => look(file)).catch(() => ({})));

async function look(file) {
  if (/^(audio|video)\//.test(file.type)) return { seconds: await secondsOf(file) };
  return file.type === "application/pdf" && file.size < LARGEST ? { pages: await pagesOf(file) } : {};
}

async function secondsOf(file) {
  const sound = Object.assign(new Audio(), { preload: "metadata", src: URL.createObjectURL(file) });
  await new Promise((done) => ((sound.onloadedmetadata = sound.onerror = done), setTimeout(done, LONGEST)));
  URL.revokeObjectURL(sound.src);
  return Number.isFinite(sound.duration) ? sound.duration : 0;
}

// The root of all pages has the largest count; a document whose structure is compressed does not tell.
async function pagesOf(file) {
  const text = new TextDecoder("latin1").decode(await file.arrayBuffer());
  const counts = text.matchAll(/\/Type\s*\/Pages\b[^>]*?\/Count\s+(\d+)|\/Count\s+(\d+)[^>]*?\/Type\s*\/Pages\b/g);
  return Math.max(0, ...[...counts].map((one) => Number(one[1] ?? one[2])));
}
