// Reads a call and keeps it as it is: at each push, and by itself, because a push can be lost.
import { api } from "../lib/api.js";
import { useEffect, useRef, useState } from "../lib/html.js";
import { live } from "../lib/live.js";
import { read as merged, taken } from "./taken.js";

const POLL = { live: 15_000, gone: 3000, connecting: 3000 }; // milliseconds

export function useCall(id) {
  const [{ call, problem }, setState] = useState({});
  const asked = useRef({ count: 0, since: null });
  const read = () => {
    const mine = ++asked.current.count;
    asked.current.since = []; // what is pushed while the answer is on its way
    const last = (next) => (answer) => mine === asked.current.count && setState((before) => next(answer, before, asked.current.since));
    return api.get(`v1/calls/${encodeURIComponent(id)}`).then(
      last(({ data }, before, since) => ({ call: since.reduce(taken, merged(data, before.call)) })),
      last((error, before) => ({ call: error.status === 404 ? undefined : before.call, problem: error })),
    );
  };
  useEffect(() => {
    const take = (message) => {
      if (message.call_id !== id) return;
      asked.current.since?.push(message);
      setState((before) => (before.call ? { ...before, call: taken(before.call, message) } : before));
    };
    read();
    const ends = [live.on("call", take), live.on("open", read), live.on("note.erased", (one) => one.message_id === id && read())];
    return () => (asked.current.count++, ends.forEach((end) => end()));
  }, [id]);
  const wait = call && call.status !== "filed" ? POLL[live.state.value] : 0;
  useEffect(() => {
    if (!wait) return undefined;
    const timer = setInterval(() => document.hidden || read(), wait);
    return () => clearInterval(timer);
  }, [id, wait]);
  return { call, problem, read };
}
