import { html, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Confirm } from "../parts/confirm.js";
import { forget } from "../parts/player.js";

// Asks before a note is erased for good, and says what goes.
export function EraseNote({ open, note, onKeep }) {
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState("");
  const erase = async () => {
    setWorking(true);
    try {
      await open.erase();
      forget(note.message_id);
    } catch (error) {
      setWorking(false);
      setProblem(error.detail || t("notice.no-answer"));
    }
  };
  const text = [t(note.duration ? "note.erase.voice" : "note.erase.text"), t("note.erase.kept", { name: note.sender_name }), problem].join(" ");
  return html`<${Confirm} title=${t("note.erase.title")} text=${text} action=${t("note.erase")} working=${working} onDo=${erase} onKeep=${onKeep} />`;
}
