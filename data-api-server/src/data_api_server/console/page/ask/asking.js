// Sends a question over the WebSocket, where each statement comes as soon as its quotes are compared. Without a
// connection, or if it drops meanwhile, the question goes over HTTP, and the answer comes in one piece.
import { api } from "../lib/api.js";
import { live } from "../lib/live.js";

let count = 0;

// `told` has `statement`, `begun` (again, over HTTP), `done` and `failed`. Gives back what stops it.
export function send(question, told) {
  const id = `${Date.now()}-${++count}`;
  const abort = new AbortController();
  let handlers = [];
  let over = false;
  const leave = () => handlers.splice(0).forEach((off) => off());
  const stop = () => {
    over = true;
    leave();
    abort.abort();
  };
  const last = (tell, told) => {
    if (over) return;
    stop();
    tell(told);
  };
  const overHttp = () => {
    leave();
    told.begun();
    api.post("v1/ask", question, { abort: abort.signal }).then(
      ({ data }) => last(told.done, data),
      (problem) => last(told.failed, problem),
    );
  };
  const own = (handler) => (message) => message.id === id && handler(message);
  handlers = [
    live.on("statement", own(({ statement }) => told.statement(statement))),
    live.on("done", own(({ answer }) => last(told.done, answer))),
    live.on("error", own(({ problem }) => last(told.failed, problem))),
    live.on("closed", overHttp),
  ];
  if (!live.send({ action: "ask", id, ...question })) overHttp();
  return stop;
}
