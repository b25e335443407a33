"""Which segments of the notes go into a prompt: whole notes if they fit, otherwise the found passages."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from ai_voice_shared.domain import Segment
from ai_voice_shared.search.model import Hit, IndexedNote

PROMPT_CHARACTERS = 40_000
"""About 10,000 tokens: an answer in seconds, for a cent."""

_SHORT_NOTE_CHARACTERS = 3_000
"""About three minutes of speech; such a short note is understood better as a whole."""

_READ_AT_ONCE = 8


@dataclass(frozen=True)
class Found:
    """One segment of a note; `position` counts from 0.

    Attributes:
        compounds: of the question's words, from its hit.
        near: words of the question that no note has; it was found because it may have similar words.
    """

    note: IndexedNote
    position: int
    near: tuple[str, ...] = ()
    compounds: tuple[str, ...] = ()

    @property
    def segment(self) -> Segment:
        """The segment itself."""
        return self.note.segments[self.position]


@dataclass(frozen=True)
class Passages:
    """Reads the segments of notes.

    Attributes:
        read: the company's note by message id, or None if it is erased.
    """

    read: Callable[[str, str], IndexedNote | None]

    def whole(self, company_id: str, message_ids: Sequence[str]) -> list[Found]:
        """All segments of these notes if they fit into a prompt together; otherwise none."""
        notes = self._notes(company_id, message_ids)
        if sum(map(_characters, notes.values())) > PROMPT_CHARACTERS:
            return []
        return [Found(note, position) for note in notes.values() for position in range(len(note.segments))]

    def around(self, company_id: str, hits: Sequence[Hit]) -> list[Found]:
        """The segments of the hits, best first, as many as fit; all segments of a short note."""
        notes = self._notes(company_id, [hit.message_id for hit in hits])
        found: dict[tuple[str, int], Found] = {}
        room = PROMPT_CHARACTERS
        for hit in hits:
            note = notes.get(hit.message_id)
            for position in _passage(hit, note) if note else ():
                if note and (hit.message_id, position) not in found:
                    room -= len(note.segments[position].text)
                    if room < 0:
                        return list(found.values())
                    found[hit.message_id, position] = Found(note, position, hit.near, hit.compounds)
        return list(found.values())

    def _notes(self, company_id: str, message_ids: Sequence[str]) -> dict[str, IndexedNote]:
        wanted = list(dict.fromkeys(message_ids))
        with ThreadPoolExecutor(_READ_AT_ONCE) as threads:
            notes = list(threads.map(lambda message_id: self.read(company_id, message_id), wanted))
        return {note.message_id: note for note in notes if note}


def _passage(hit: Hit, note: IndexedNote) -> range:
    """A hit may be older than the note's last correction: only segments that exist count."""
    count = len(note.segments)
    return range(count) if _characters(note) <= _SHORT_NOTE_CHARACTERS else range(hit.first, min(hit.last + 1, count))


def _characters(note: IndexedNote) -> int:
    return sum(len(segment.text) for segment in note.segments)
