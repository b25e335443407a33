"""Notes of a company of many trades in seven languages, and questions to them, each with the words that answer it.

Every second question is kept aside: nobody looks at those while working on the answers.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ai_voice_shared.domain import Segment
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.stored.stored_notes import paragraphs

type Kind = Literal["who", "when", "where", "how much", "how many", "what", "why", "which", "yes-no"]

_FOLDER = Path(__file__).parent
_SECONDS = 4.0
"""Of a spoken sentence."""


@dataclass(frozen=True)
class Labelled:
    """A question.

    Attributes:
        note: the one that answers it.
        answer: words that the answer has to contain, all of them.
        kind: what is asked for.
    """

    question: str
    language: str
    note: str
    answer: tuple[str, ...]
    kind: Kind


def notes() -> list[IndexedNote]:
    """Spoken ones with a segment for each sentence; typed ones with the segments that the product makes of them."""
    return notes_in(_FOLDER / "notes.jsonl")


def tuned() -> list[Labelled]:
    """Those that the answers may be improved for."""
    return questions_in(_FOLDER / "tuned.jsonl")


def kept_aside() -> list[Labelled]:
    """Those that judge the answers."""
    return questions_in(_FOLDER / "kept_aside.jsonl")


def notes_in(path: Path) -> list[IndexedNote]:
    """Those in a file of JSON lines: id, sender, language, received, typed, and segments."""
    return [_note(**line) for line in _lines(path)]


def questions_in(path: Path) -> list[Labelled]:
    """Those in a file of JSON lines: question, language, note, answer, and kind."""
    return list(map(_labelled, _lines(path)))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _labelled(line: dict[str, Any]) -> Labelled:
    return Labelled(**line | {"answer": tuple(line["answer"])})


def _note(*, id: str, sender: str, language: str, received: str, typed: bool, segments: list[str]) -> IndexedNote:  # noqa: A002 - the file's
    said = paragraphs("\n".join(segments)) if typed else tuple(_spoken(segments))
    return IndexedNote(id, "knowledge-document", sender.casefold(), sender, received, language, said)


def _spoken(sentences: list[str]) -> Iterator[Segment]:
    for place, sentence in enumerate(sentences):
        yield Segment(place * _SECONDS, (place + 1) * _SECONDS, sentence)
