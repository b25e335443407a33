// Reads an analysis, and reads it again while it is made: at each push, and by itself, because a push can be lost.
import { api } from "../lib/api.js";
import { useEffect, useRef, useState } from "../lib/html.js";
import { live } from "../lib/live.js";
import { keep, moves } from "./store.js";

const POLL = { live: 15_000, gone: 3000, connecting: 3000 }; // milliseconds

export function useAnalysis(id) {
  const [state, setState] = useState({});
  const asked = useRef(0);
  const { analysis } = state;
  const read = () => {
    const mine = ++asked.current;
    const last = (next) => mine === asked.current && setState(next);
    return api.get(`v1/analyses/${id}`).then(({ data }) => (keep(data), last({ analysis: data })), (problem) => last({ analysis, problem }));
  };
  useEffect(() => {
    read();
    const ends = [live.on("analysis", (one) => one.analysis_id === id && read()), live.on("note.erased", read), live.on("open", read)];
    return () => (asked.current++, ends.forEach((end) => end()));
  }, [id]);
  const wait = analysis && moves(analysis) ? POLL[live.state.value] : 0;
  useEffect(() => {
    if (!wait) return undefined;
    const timer = setInterval(read, wait);
    return () => clearInterval(timer);
  }, [id, wait]);
  return { ...state, read };
}
