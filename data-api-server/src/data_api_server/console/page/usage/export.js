// The months as a file that a spreadsheet reads: nothing but months and numbers.
import { saveFile } from "../lib/file.js";

const COLUMNS = ["month", "audio_seconds", "call_seconds", "messages_received", "messages_sent", "input_tokens", "output_tokens", "embedding_tokens", "dollars"];

export function exportCsv(months) {
  const lines = [COLUMNS, ...months.map((month) => COLUMNS.map((name) => month[name]))];
  saveFile(`usage-${months.at(-1).month}.csv`, lines.map((line) => `${line.join(",")}\r\n`), "text/csv");
}
