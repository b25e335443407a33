import { duration, size } from "../lib/format.js";
import { t } from "../lib/words.js";

// "1 h 52 min · 214 MB", "14 pages · 3 MB"
export const what = ({ seconds, pages, size: bytes }) =>
  [seconds && duration(seconds), pages && t("upload.pages", { count: pages }), bytes && size(bytes)].filter(Boolean).join(" · ");
