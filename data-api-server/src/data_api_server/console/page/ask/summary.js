// Which notes an answer stands on: "4 notes by Sam Porter and Priya Nair, 12 Sept to today".
import { dayName, day } from "../lib/format.js";
import { language, t } from "../lib/words.js";

const MOST_NAMES = 3;

export function summary(statements) {
  const cited = statements.flatMap((one) => one.citations);
  if (!cited.length) return "";
  const count = new Set(cited.map((one) => one.message_id)).size;
  const names = [...new Set(cited.map((one) => one.sender_name))];
  const shown = names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES - 1), t("ask.others", { count: names.length - MOST_NAMES + 1 })] : names;
  const by = new Intl.ListFormat(language.value).format(shown);
  const times = cited.map((one) => one.received_at).sort();
  const [first, last] = [times[0], times.at(-1)];
  const when = day(first) === day(last) ? dayName(last) : t("ask.from-to", { from: dayName(first), to: dayName(last) });
  return t("ask.about", { count, names: by, when });
}
