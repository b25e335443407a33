"""Which segments an analysis reads, in groups that each fit into one prompt."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from ai_voice_shared.analyses.model import Choice, Source
from ai_voice_shared.answering.passages import PROMPT_CHARACTERS, Found
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.stored.stored_notes import StoredNote, StoredNotes, Unreadable
from ai_voice_shared.telemetry import metric

MOST_GROUPS = 12
"""Prompts of one analysis: about 120,000 tokens."""

_READ_AT_ONCE = 8

_PLACE = "place"
"""The field that limits an analysis of a day to notes that speak of a place."""

type Stretch = tuple[str, int, int]
"""A note's id, and the first and the last of its segments."""


@dataclass(frozen=True)
class Reading:
    """The notes of an analysis that can be read, the oldest first."""

    notes: tuple[StoredNote, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """What is told of them."""
        return tuple(map(_source, self.notes))

    def groups(self) -> tuple[tuple[Stretch, ...], ...]:
        """All of their segments, in groups; a very long note is in several."""
        groups: list[list[Stretch]] = []
        room = 0
        for stored in self.notes:
            for position, segment in enumerate(stored.segments):
                length = len(segment.text)
                if not groups or length > room:
                    groups.append([])
                    room = PROMPT_CHARACTERS
                room -= length
                _extend(groups[-1], stored.note.message_id, position)
        return tuple(map(tuple, groups))

    def found(self, stretches: Sequence[Stretch]) -> list[Found]:
        """The segments; those that exist no more are left out."""
        notes = {stored.note.message_id: stored.indexed() for stored in self.notes}
        return [one for stretch in stretches if (note := notes.get(stretch[0])) for one in _segments(note, stretch)]


def read(stored: StoredNotes, company_id: str, choice: Choice) -> Reading:
    """The notes with words; those that speak of the place, if one is named. Raises RetryLater."""
    with ThreadPoolExecutor(_READ_AT_ONCE) as threads:
        notes = threads.map(lambda one: _find(stored, company_id, one), choice.note_ids)
        there = [one for one in notes if one]
    place = choice.fields.get(_PLACE, "") if choice.template.over == "day" else ""
    kept = [one for one in there if _speaks_of(one, place)]
    return Reading(tuple(sorted(kept, key=lambda one: one.note.received_at)))


def _find(stored: StoredNotes, company_id: str, message_id: str) -> StoredNote | None:
    try:
        return stored.find(company_id, message_id)
    except Unreadable:
        metric("NoteUnreadable", company_id=company_id, message_id=message_id)
        return None


def _speaks_of(stored: StoredNote, place: str) -> bool:
    said = "\n".join([stored.note.title, *(segment.text for segment in stored.segments)]).casefold()
    return all(word in said for word in place.casefold().split())


def _source(stored: StoredNote) -> Source:
    note = stored.note
    seconds = note.duration_ms / 1000 if note.duration_ms else None
    return Source(note.message_id, note.title, note.sender_name, note.received_at, seconds)


def _extend(group: list[Stretch], message_id: str, position: int) -> None:
    if group and group[-1][0] == message_id:
        group[-1] = (message_id, group[-1][1], position)
    else:
        group.append((message_id, position, position))


def _segments(note: IndexedNote, stretch: Stretch) -> Iterator[Found]:
    _, first, last = stretch
    return (Found(note, position) for position in range(first, min(last + 1, len(note.segments))))
