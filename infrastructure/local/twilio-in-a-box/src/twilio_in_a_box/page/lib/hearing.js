// What a caller hears, one after the other: texts by the browser's voice, files as they are. Who speaks is not talked over.
const QUIETS = ["speech", "keys", "hangup"];

const waiting = [];
let audio = null;
let turn = 0; // what was begun in an earlier turn may not go on
let isBusy = false;

export function hear(lines) {
  for (const line of lines) {
    if (QUIETS.includes(line.kind)) hush();
    if (["say", "play", "error"].includes(line.kind)) waiting.push(line);
  }
  next();
}

export function hush() {
  turn += 1;
  waiting.length = 0;
  isBusy = false;
  window.speechSynthesis?.cancel();
  audio?.pause();
}

function next() {
  if (isBusy || !waiting.length) return;
  const line = waiting.shift();
  const now = turn;
  const done = () => now === turn && ((isBusy = false), next());
  isBusy = true;
  if (line.kind === "play") play(line.media, done);
  else say(line, done);
}

function play(url, done) {
  if (!url) return done();
  audio = new Audio(url);
  audio.onended = audio.onerror = done;
  return audio.play().catch(done);
}

function say({ text, language }, done) {
  if (!window.speechSynthesis) return done();
  const words = new SpeechSynthesisUtterance(text);
  if (language) words.lang = language;
  words.onend = words.onerror = done;
  return speechSynthesis.speak(words);
}
