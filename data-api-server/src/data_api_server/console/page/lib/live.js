// The WebSocket: it pushes what changes, and answers questions. If it drops, it comes back with a new ticket.
import { api } from "./api.js";
import { signal } from "./html.js";

const LONGEST_WAIT = 60_000;
const state = signal("gone"); // "live", "connecting", "gone"
const handlers = new Map();

let socket = null;
let wanted = false;
let failures = 0;
let timer = null;

// Calls the handler with each message of this type; "open" comes after each connection. Gives back what ends it.
function on(type, handler) {
  if (!handlers.has(type)) handlers.set(type, new Set());
  handlers.get(type).add(handler);
  return () => handlers.get(type).delete(handler);
}

function tell(type, message) {
  for (const handler of [...(handlers.get(type) ?? [])]) handler(message);
}

// Sends a message; false if there is no connection.
function send(message) {
  if (socket?.readyState !== WebSocket.OPEN) return false;
  socket.send(JSON.stringify(message));
  return true;
}

function start() {
  wanted = true;
  failures = 0;
  connect();
}

function stop() {
  wanted = false;
  clearTimeout(timer);
  socket?.close();
  socket = null;
  state.value = "gone";
}

async function connect() {
  clearTimeout(timer);
  if (!wanted || socket) return;
  state.value = "connecting";
  try {
    const { data } = await api.post("v1/tickets");
    if (wanted && !socket) open(data.url);
  } catch (problem) {
    if (problem.status === 501) stop(); // deployed without the WebSocket API
    else later();
  }
}

function open(url) {
  const opened = new WebSocket(url);
  socket = opened;
  opened.onopen = () => {
    failures = 0;
    state.value = "live";
    tell("open");
  };
  opened.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    tell(message.type, message);
  };
  opened.onclose = () => {
    if (socket !== opened) return;
    socket = null;
    tell("closed");
    later();
  };
}

function later() {
  if (!wanted) return;
  state.value = failures ? "gone" : "connecting";
  const wait = Math.min(1000 * 2 ** failures++, LONGEST_WAIT);
  timer = setTimeout(connect, wait * (0.75 + Math.random() / 2)); // not all consoles at the same moment
}

addEventListener("online", () => connect());

export const live = { state, on, send, start, stop, retry: connect };
