"""How a correction changes a note's words: which segments keep their times, and what the whole text is then."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ai_voice_shared.correcting import aligning
from ai_voice_shared.domain import Segment
from ai_voice_shared.stored.sentence_groups import in_place
from ai_voice_shared.stored.stored_notes import paragraphs


class NoSuchSegment(Exception):  # noqa: N818 - reads as what it is
    """A correction names a segment that the note does not have; its text says how many there are."""


_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


def with_segments(segments: Sequence[Segment], texts: Mapping[int, str]) -> tuple[Segment, ...]:
    """The segments with new texts at some positions; raises NoSuchSegment."""
    if beyond := [index for index in texts if index >= len(segments)]:
        raise NoSuchSegment(f"The note has {len(segments)} segments, counted from 0; it has no {beyond[0]}")
    return tuple(_corrected(segment, texts.get(index, segment.text)) for index, segment in enumerate(segments))


def with_text(segments: Sequence[Segment], text: str) -> tuple[Segment, ...]:
    """The segments of this text. Written ones are its groups of sentences, and spoken ones keep their times.

    If a note has both, a blank line separates the written part from the spoken part.
    """
    said = [segment for segment in segments if not segment.written]
    if not said:
        return paragraphs(text)
    if len(said) == len(segments) or not _BLANK_LINE.search(text):
        return tuple(_aligned(segments, text))
    written, spoken = _parted(segments, text)
    return (*paragraphs(written), *_aligned(said, spoken))


def as_text(before: Sequence[Segment], after: Sequence[Segment], full_text: str) -> str:
    """The corrected segments as one text. Written ones replace those before, and the spoken part comes last.

    `before` are the segments in `full_text`. There are as many as after the correction.
    """
    written = in_place(_written(after), _written(before), full_text)
    said = " ".join(segment.text for segment in after if not segment.written)
    return "\n\n".join(part for part in (written, said) if part)


def _written(segments: Sequence[Segment]) -> list[str]:
    return [segment.text for segment in segments if segment.written]


def _parted(segments: Sequence[Segment], text: str) -> tuple[str, str]:
    """The written and the spoken part, separated at the blank line that fits the most words."""
    borders = [0, *(match.end() for match in _BLANK_LINE.finditer(text)), len(text)]
    pieces = [text[start:end] for start, end in pairwise(borders)]
    written = [segments[owner].written for owner in _owners(segments, text.split())]
    position = votes = 0
    scores = [0]
    for piece in pieces:
        count = len(piece.split())
        votes += sum(1 if one else -1 for one in written[position : position + count])
        position += count
        scores.append(votes)
    best = max(range(len(scores)), key=lambda place: scores[place])
    return text[: borders[best]], text[borders[best] :]


def _owners(segments: Sequence[Segment], after: Sequence[str]) -> list[int]:
    """The segment of each word. A word that stays keeps its segment; a new one gets that of the word before."""
    owners = [place for place, segment in enumerate(segments) for _ in segment.text.split()]
    before = [word for segment in segments for word in segment.text.split()]
    return [owners[place] for place in aligning.places(before, after)]


def _aligned(segments: Sequence[Segment], text: str) -> Iterator[Segment]:
    """The segments with their words now. A segment without words is removed."""
    after = text.split()
    parts: list[list[str]] = [[] for _ in segments]
    for owner, word in zip(_owners(segments, after), after, strict=True):
        parts[owner].append(word)
    for segment, words in zip(segments, parts, strict=True):
        if words == segment.text.split():
            yield segment
        elif words:
            yield _corrected(segment, " ".join(words))


def _corrected(segment: Segment, text: str) -> Segment:
    """The segment with the text. Words that somebody has put right are not uncertain any more."""
    return segment if text == segment.text else replace(segment, text=text, uncertain=False)
