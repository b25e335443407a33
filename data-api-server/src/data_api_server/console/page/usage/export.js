// The months as a file that a spreadsheet reads: nothing but months and numbers.
const COLUMNS = ["month", "audio_seconds", "messages_received", "messages_sent", "input_tokens", "output_tokens", "embedding_tokens", "dollars"];

export function exportCsv(months) {
  const lines = [COLUMNS, ...months.map((month) => COLUMNS.map((name) => month[name]))];
  const url = URL.createObjectURL(new Blob([lines.map((line) => `${line.join(",")}\r\n`).join("")], { type: "text/csv" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: `usage-${months.at(-1).month}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
