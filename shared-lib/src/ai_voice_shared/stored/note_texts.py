"""The text of what was understood: for a note's `text_summary.txt`, and for the list of notes."""

import unicodedata

from ai_voice_shared.intents import Intent

_LISTED = 20_000
"""UTF-16 units that the list keeps. The note's own files have the whole text."""


def as_file(note: Intent, language: str) -> str:
    """The title and the text below it, for people; `language` is that of the note (BCP 47)."""
    return "\n\n".join(part for part in (note.title, *note.told(language)) if part.strip()) + "\n"


def in_list(note: Intent, language: str) -> str:
    """The text below the title: whole, or cut after a word, with dots."""
    text = "\n".join(note.told(language)).strip()
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _LISTED:
        return text
    end = len(units[: 2 * (_LISTED - 1)].decode("utf-16-le", "ignore"))
    while end and (_continues(text[end]) or text[end - 1] == "\u200d"):  # one character, as readers see it
        end -= 1
    kept = text[:end]
    last = end if text[end].isspace() else max(map(kept.rfind, " \n"))
    return kept[: last if last > end * 3 // 4 else end].rstrip() + "…"


def _continues(character: str) -> bool:
    return character == "\u200d" or unicodedata.category(character)[0] == "M"
