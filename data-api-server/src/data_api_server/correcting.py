"""What a correction makes of a note's words: which segments keep their times, and how the whole text reads then."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from fastapi.exceptions import RequestValidationError

from ai_voice_shared.domain import Segment
from ai_voice_shared.jobs import IndexJob
from ai_voice_shared.notes import Note
from ai_voice_shared.object_store import Conflict
from ai_voice_shared.stored_notes import StoredNote, Unreadable, paragraphs
from data_api_server import aligning, reading, versions
from data_api_server.problems import ChangedMeanwhile, NotThere
from data_api_server.queries import Correction
from data_api_server.services import Services

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


def correct(services: Services, company_id: str, message_id: str, correction: Correction, if_match: str = "") -> None:
    """Stores the note's words as corrected and has them indexed; sent again, it changes nothing more.

    Raises NotThere, ChangedMeanwhile when the note is in none of the states that `if_match` names,
    RequestValidationError for a note without words or a segment it has not, or RetryLater: Conflict among them, when
    somebody else corrected it meanwhile.
    """
    note = services.notes.get(company_id, message_id)
    if note is None:
        raise NotThere
    if if_match and not versions.matches(if_match, versions.tag(note, reading.files(services.store, note))):
        raise ChangedMeanwhile
    try:
        _correct(services, note, correction)
    except Conflict:
        if if_match:
            raise ChangedMeanwhile from None
        raise


def _correct(services: Services, note: Note, correction: Correction) -> None:
    stored = _stored(services, note)
    if correction.full_text is not None:
        segments = with_text(stored.segments, correction.full_text)
        full_text = correction.full_text
    else:
        segments = with_segments(stored.segments, {one.index: one.text for one in correction.segments or ()})
        full_text = as_text(segments, services.stored.full_text(stored))
    if not services.stored.holds(stored, segments, full_text) and not services.notes.begin_change(note):
        raise Conflict
    etag = services.stored.correct(stored, segments, full_text)
    job = IndexJob(note.company_id, note.message_id)
    services.index_queue.send_once(job.to_json(), note.company_id, job.deduplication_id(etag))


def with_segments(segments: Sequence[Segment], texts: Mapping[int, str]) -> tuple[Segment, ...]:
    """The segments with other texts at some positions; raises RequestValidationError for one that is not there."""
    if beyond := [index for index in texts if index >= len(segments)]:
        raise _refused(f"The note has {len(segments)} segments, counted from 0; there is no {beyond[0]}", "segments")
    return tuple(replace(segment, text=texts.get(index, segment.text)) for index, segment in enumerate(segments))


def with_text(segments: Sequence[Segment], text: str) -> tuple[Segment, ...]:
    """The segments that say this text: written ones are its paragraphs, spoken ones keep their times.

    Where a note has both, a blank line parts what is written from what was said.
    """
    said = [segment for segment in segments if not segment.written]
    if not said:
        return paragraphs(text)
    if len(said) == len(segments) or not _BLANK_LINE.search(text):
        return tuple(_aligned(segments, text))
    written, spoken = _parted(segments, text)
    return (*paragraphs(written), *_aligned(said, spoken))


def as_text(segments: Sequence[Segment], before: str) -> str:
    """The segments as one text: written lines take the places that they had before, what was said comes last."""
    written = [segment.text for segment in segments if segment.written]
    said = " ".join(segment.text for segment in segments if not segment.written)
    return "\n\n".join(part for part in (_in_place(written, before, alone=not said), said) if part)


def _in_place(written: Sequence[str], before: str, *, alone: bool) -> str:
    """The lines with the blank ones that stood between them."""
    lines = before.splitlines()
    places = [place for place, line in enumerate(lines) if line.strip()]
    if len(places) < len(written) or (alone and len(places) > len(written)):
        return "\n".join(written)
    places = places[: len(written)]
    for place, text in zip(places, written, strict=True):
        lines[place] = text
    return "\n".join(lines if alone else lines[: places[-1] + 1 if places else 0])


def _parted(segments: Sequence[Segment], text: str) -> tuple[str, str]:
    """What is written and what was said, parted at that blank line which most words agree with."""
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
    """Which segment each word belongs to: one that stays to its own, a new one to that of the word before."""
    owners = [place for place, segment in enumerate(segments) for _ in segment.text.split()]
    before = [word for segment in segments for word in segment.text.split()]
    return [owners[place] for place in aligning.places(before, after)]


def _aligned(segments: Sequence[Segment], text: str) -> Iterator[Segment]:
    """The segments with the words that belong to them now; one without any is gone."""
    after = text.split()
    parts: list[list[str]] = [[] for _ in segments]
    for owner, word in zip(_owners(segments, after), after, strict=True):
        parts[owner].append(word)
    for segment, words in zip(segments, parts, strict=True):
        if words == segment.text.split():
            yield segment
        elif words:
            yield replace(segment, text=" ".join(words))


def _stored(services: Services, note: Note) -> StoredNote:
    try:
        stored = services.stored.of(note)
    except Unreadable:
        stored = None
    if stored:
        return stored
    raise _refused("The note holds no words that could be corrected")


def _refused(problem: str, *place: str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("body", *place), "msg": problem, "type": "refused"}])
