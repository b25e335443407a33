import { clock, date, day, time } from "../lib/format.js";
import { t } from "../lib/words.js";

export const w = (key, values) => t(`settings.webhooks.${key}`, values);

// What came of one try, and of the last one before a pause ("status 503").
export const outcome = ({ problem, status, milliseconds }) =>
  problem ? w(`problem.${problem}`, { status: String(status ?? "") }) : w("answered", { status: String(status), ms: milliseconds });

export const ofPause = ({ problem }) => {
  const [code, status] = problem.split(" ");
  return outcome({ problem: code, status });
};

// It is on its way: nothing is known of the next try yet.
export const isMoving = ({ state, next_try_at: next }) => state === "due" && !next;

const isToday = (value) => day(value) === day(new Date());

export const when = (value) => (isToday(value) ? time(value) : `${date(value)}, ${time(value)}`);

export const exactly = (value) => (isToday(value) ? clock(value) : `${date(value)}, ${clock(value)}`);
