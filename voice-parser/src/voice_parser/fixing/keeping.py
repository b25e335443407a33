"""How a corrected name is suggested for the company's glossary: only the office accepts words, with its key."""

import re
from dataclasses import dataclass, replace

from ai_voice_shared.correcting.changes import Changes
from ai_voice_shared.correcting.quick_replies import KEEP_IT, NOT_NOW, title
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.notes import Note
from ai_voice_shared.words.languages import SPOKEN
from voice_parser.fixing.quoted import Wanted
from voice_parser.inbound.work import MessageInWork
from voice_parser.replying.literal_text import literal
from voice_parser.replying.saying import Saying

KEEPING = "keep"

_LONGEST = 40
_YES = r"yes|keep(?: it)?|ja|behalten|s[íi]|guárdalo|guardar|oui|garder|garde-le|sim|guarda|tienilo|sì|bewaren|bewaar"
_NO = r"no|nein|non|não|nee|don't keep it|nicht behalten"


def answered(pressed: str, text: str) -> str:
    """The payload of the button that was pressed, or whose words were written; empty if it is none of these."""
    if pressed:
        return pressed if pressed in {KEEP_IT, NOT_NOW} else ""
    said = re.sub(r"^\W+|\W+$", "", text[: _LONGEST + 1].casefold().replace("’", "'"))
    if not said or len(said) > _LONGEST:
        return ""
    for payload, words in ((KEEP_IT, _YES), (NOT_NOW, _NO)):
        if said in {title(payload, language).casefold() for language in SPOKEN} or re.fullmatch(words, said):
            return payload
    return ""


@dataclass(frozen=True)
class Keeping:
    """Suggests names."""

    changes: Changes

    def decide(self, wanted: Wanted, note: Note) -> Wanted:
        """The name that was put in the place of another."""
        return replace(wanted, message_id=note.message_id, details=(("word", literal(wanted.after)),))

    def change(self, work: MessageInWork, wanted: Wanted) -> Saying:
        """Suggests it, and tells so."""
        note = self.changes.notes.get(work.job.company_id, wanted.message_id)
        if note is None:
            return Saying(phrase("fix_gone", wanted.language))
        self.changes.suggest(note, [(wanted.before, wanted.after)])
        return Saying(phrase("kept_word", wanted.language, **dict(wanted.details)))
