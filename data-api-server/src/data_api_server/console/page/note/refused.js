import { t } from "../lib/words.js";

const somebody = (by) => by || t("note.somebody");

// Why a change was not saved: who was faster, or what the server says.
export const notSaved = (error) =>
  error.status === 412 ? t("note.changed", { name: somebody(error.by) }) : t("note.not-saved", { why: error.detail || t("notice.no-answer") });

export const conflict = (by) => t("note.conflict", { name: somebody(by) });
