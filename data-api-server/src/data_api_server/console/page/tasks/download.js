import { api } from "../lib/api.js";
import { saveFile } from "../lib/file.js";

export async function download(format, filter) {
  const { text } = await api.get("v1/tasks/export", { ...filter, format });
  // reading took the mark away by which Excel knows the letters
  saveFile(`tasks.${format}`, format === "csv" ? ["\ufeff", text] : text);
}
