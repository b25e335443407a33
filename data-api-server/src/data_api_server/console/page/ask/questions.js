// Asks, and keeps what comes back: a question belongs to the open thread, or begins one.
import { batch, signal } from "../lib/html.js";
import { send } from "./asking.js";
import { begin, change, changeTurn, current, scope } from "./store.js";

const fresh = () => ({ statements: [], notice: "", leftOut: 0, leftOutTexts: [], engine: "", problem: null });

export const running = signal(null); // what stops the question that is being answered

export function ask(text) {
  running.value?.();
  const turn = { id: `${Date.now()}`, question: text, at: new Date().toISOString(), state: "asks", ...fresh() };
  batch(() => {
    if (!current()) begin(turn.id);
    change(current().id, ({ turns }) => ({ turns: [...turns, turn], scope: scope.value }));
  });
  put(current().id, turn);
}

export function askAgain(turn) {
  const thread = current();
  changeTurn(thread.id, turn.id, () => ({ ...fresh(), state: "asks" }));
  put(thread.id, turn);
}

function put(id, turn) {
  const { conversation } = current();
  const { notes, since, until, sender } = scope.value;
  const limits = { notes: notes.length ? notes.map((one) => one.id) : null, since: since || null, until: until || null, sender: sender || null };
  const update = (changed) => changeTurn(id, turn.id, changed);
  const end = (fields) => {
    running.value = null;
    update(() => fields);
  };
  const stop = send({ question: turn.question, conversation: conversation ?? "new", ...limits }, {
    begun: () => update(fresh),
    statement: (one) => update(({ statements }) => ({ statements: [...statements, one] })),
    done(answer) {
      change(id, () => ({ conversation: answer.conversation }));
      const { notice, engine, left_out: leftOut = 0, left_out_texts: leftOutTexts = [] } = answer;
      running.value = null;
      // an answer that is too large for one message comes without its statements: they are all here
      update(({ statements }) => ({ state: "done", notice, engine, leftOut, leftOutTexts, statements: answer.statements.length ? answer.statements : statements }));
    },
    failed(problem) {
      if (!conversation || !/^conversation\b/.test(problem.detail ?? "")) return end({ state: "failed", problem: { status: problem.status, detail: problem.detail } });
      change(id, () => ({ conversation: null })); // it ended, a day after its last question
      return put(id, turn);
    },
  });
  running.value = () => {
    stop();
    end({ state: "stopped" });
  };
}
