import { href } from "../app/router.js";
import { time } from "../lib/format.js";
import { html, useEffect, useRef } from "../lib/html.js";
import { t } from "../lib/words.js";

// What was erased, in place of the note.
export function Receipt({ receipt }) {
  const text = useRef(null);
  useEffect(() => text.current.focus(), []);
  const { artifacts, replies, twilio_media: media, twilio_messages: messages } = receipt.erased;
  const what = [t("note.files.count", { count: artifacts }), t("note.replies.count", { count: replies }), t("note.copies.count", { count: media + messages })];
  return html`
    <div class="note-receipt">
      <h1>${t("note.erased")}</h1>
      <p tabindex="-1" ref=${text}>${t("note.receipt", { time: time(receipt.erased_at), what: what.join(", ") })}</p>
      <a href=${href("notes")} class="link">${t("nav.notes")}</a>
    </div>
  `;
}
