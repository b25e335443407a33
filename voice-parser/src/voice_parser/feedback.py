"""How a sender is told what became of their message: complete, in their language, within WhatsApp's limit."""

import re
from collections.abc import Iterator

from ai_voice_shared.domain import Company
from ai_voice_shared.phrases import in_language, phrase
from voice_parser.twilio_api import LONGEST_BODY
from voice_parser.understanding import Understood

_ROOM_FOR_COUNT = len("(99/99) ")


def answer(understood: Understood, company: Company, *, uncertain: bool = False) -> str:
    """The whole feedback for a filed note; empty when the company wants none.

    `uncertain` tells that the engine may have made up a part of what it heard.
    """
    note = understood.note
    problems = list(_problems(understood, uncertain=uncertain))
    heading = f"{in_language(note.filed_as, understood.language)}: {note.title}"
    match company.feedback:
        case "problems-only":
            return "\n\n".join(problems)
        case "short":
            paragraphs = [heading]
        case _:
            paragraphs = [heading, *note.told()]
    return "\n\n".join(paragraph for paragraph in (*paragraphs, *problems) if paragraph.strip())


def _problems(understood: Understood, *, uncertain: bool) -> Iterator[str]:
    """A sentence for each thing that the sender should know or check."""
    if not understood.certain:
        yield phrase("not_understood", understood.language)
    if uncertain:
        yield phrase("partly_uncertain", understood.language)


def split(text: str, limit: int = LONGEST_BODY) -> list[str]:
    """The text in as few messages as it takes, cut between paragraphs, else lines, sentences, words; nothing is lost.

    The limit counts UTF-16 code units, so that an emoji never makes a message too long. Several messages are numbered.
    """
    if _length(text) <= limit:
        return [text] if text else []
    parts = [""]
    for piece in _pieces(text, limit - _ROOM_FOR_COUNT):
        if _length(parts[-1] + piece.rstrip()) > limit - _ROOM_FOR_COUNT:
            parts.append("")
        parts[-1] += piece
    whole = [part.strip() for part in parts if part.strip()]
    return [f"({number}/{len(whole)}) {part}" for number, part in enumerate(whole, 1)]


def _pieces(
    text: str, limit: int, levels: tuple[str, ...] = (r"\n\n+", r"\n", r"(?<=[.!?…。؟]) +", r" +")
) -> Iterator[str]:
    """The text in pieces no longer than the limit, each with the separator behind it."""
    if _length(text.rstrip()) <= limit:
        yield text
    elif not levels:
        half = len(text) // 2
        yield from _pieces(text[:half], limit, ())
        yield from _pieces(text[half:], limit, ())
    else:
        for piece in _split_after(levels[0], text):
            yield from _pieces(piece, limit, levels[1:])


def _split_after(pattern: str, text: str) -> Iterator[str]:
    start = 0
    for match in re.finditer(pattern, text):
        yield text[start : match.end()]
        start = match.end()
    yield text[start:]


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
