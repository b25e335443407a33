"""What is compared with a question: units of a note's consecutive segments, and their sections."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ai_voice_shared.domain import Segment
from ai_voice_shared.search.words import length

UNIT_WORDS = 80
"""About half a minute of speech. Measured on QMSum's training split: of 50 words, less of the evidence comes first;
of 160, less is found at all."""

SECTION_WORDS = 1500
"""About a subject of a meeting, measured in the same way (700 to 3,000 differ little); a voice note is one section."""


@dataclass(frozen=True)
class Unit:
    """A part of a note: its segments `first` to `last`, both inclusive.

    Attributes:
        number: its place among the note's units.
        section: the place of its section among the note's.
        ends: whether it is the note's last.
    """

    number: int
    section: int
    first: int
    last: int
    ends: bool
    text: str


def units(segments: Sequence[Segment], sender_name: str) -> list[Unit]:
    """The note's units, every segment in exactly one; each names its speakers."""
    lengths = [length(segment.text) for segment in segments]
    passages = _passages(lengths, [segment.written for segment in segments])
    sections = max(1, round(sum(lengths) / SECTION_WORDS))
    return [
        Unit(
            number,
            number * sections // len(passages),
            first,
            last,
            number == len(passages) - 1,
            _text(segments[first : last + 1], sender_name),
        )
        for number, (first, last) in enumerate(passages)
    ]


def _passages(lengths: Sequence[int], written: Sequence[bool]) -> list[tuple[int, int]]:
    """Parts of the spoken words, and of the written ones.

    No part has both: words in a caption were not said at any second.
    """
    passages: list[tuple[int, int]] = []
    begins = 0
    for _, alike in groupby(written):
        count = len(list(alike))
        merged = _merged(lengths[begins : begins + count])
        passages += [(begins + first, begins + last) for first, last in merged]
        begins += count
    return passages


def _merged(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """Parts of at least `UNIT_WORDS`; a rest of less than half of that belongs to the part before it."""
    passages: list[tuple[int, int]] = []
    first = words = 0
    for place, count in enumerate(lengths):
        words += count
        if words >= UNIT_WORDS:
            passages.append((first, place))
            first, words = place + 1, 0
    if first < len(lengths):
        if passages and words < UNIT_WORDS / 2:
            first, _ = passages.pop()
        passages.append((first, len(lengths) - 1))
    return passages


def _text(segments: Sequence[Segment], sender_name: str) -> str:
    parts: list[str] = []
    speaking = None
    for segment in segments:
        speaker = segment.speaker or sender_name
        if speaker != speaking:
            parts.append(f"{speaker}:")
            speaking = speaker
        parts.append(segment.text)
    return " ".join(parts)
