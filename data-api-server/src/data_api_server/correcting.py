"""What a correction makes of a note's words: which segments keep their times, and how the whole text reads then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from fastapi.exceptions import RequestValidationError

from ai_voice_shared.domain import Segment
from ai_voice_shared.jobs import IndexJob
from ai_voice_shared.stored_notes import StoredNote, Unreadable, paragraphs
from data_api_server.problems import NotThere
from data_api_server.queries import Correction
from data_api_server.services import Services


def correct(services: Services, company_id: str, message_id: str, correction: Correction) -> None:
    """Stores the note's words as corrected and has them indexed; sent again, it changes nothing more.

    Raises NotThere, RequestValidationError for a note without words or a segment it has not, or RetryLater: Conflict
    among them, when somebody else corrected it meanwhile.
    """
    stored = _stored(services, company_id, message_id)
    if correction.full_text is not None:
        segments = with_text(stored, correction.full_text)
        full_text = correction.full_text
    else:
        segments = with_segments(stored.segments, {one.index: one.text for one in correction.segments or ()})
        full_text = as_text(segments, None if stored.recording else services.stored.full_text(stored))
    etag = services.stored.correct(stored, segments, full_text)
    job = IndexJob(company_id, message_id)
    services.index_queue.send_once(job.to_json(), company_id, job.deduplication_id(etag))


def with_segments(segments: Sequence[Segment], texts: Mapping[int, str]) -> tuple[Segment, ...]:
    """The segments with other texts at some positions; raises RequestValidationError for one that is not there."""
    if beyond := [index for index in texts if index >= len(segments)]:
        raise _refused(f"The note has {len(segments)} segments, counted from 0; there is no {beyond[0]}", "segments")
    return tuple(replace(segment, text=texts.get(index, segment.text)) for index, segment in enumerate(segments))


def with_text(stored: StoredNote, text: str) -> tuple[Segment, ...]:
    """The segments that say this text: a written note's are its paragraphs, a spoken one's keep their times."""
    return tuple(_aligned(stored.segments, text)) if stored.recording else paragraphs(text)


def as_text(segments: Sequence[Segment], written: str | None) -> str:
    """The segments as one text; of a `written` note its lines take their places, and blank ones stay."""
    texts = [segment.text for segment in segments]
    if written is None:
        return " ".join(texts)
    lines = written.splitlines()
    places = [place for place, line in enumerate(lines) if line.strip()]
    if len(places) != len(texts):
        return "\n".join(texts)
    for place, text in zip(places, texts, strict=True):
        lines[place] = text
    return "\n".join(lines)


def _aligned(segments: Sequence[Segment], text: str) -> Iterator[Segment]:
    """Words that stay keep their segment, new ones join the word before; a segment without any is gone."""
    owners = [place for place, segment in enumerate(segments) for _ in segment.text.split()]
    before = [word for segment in segments for word in segment.text.split()]
    after = text.split()
    parts: list[list[str]] = [[] for _ in segments]
    for kind, first, last, start, end in SequenceMatcher(None, before, after).get_opcodes():
        for offset, word in enumerate(after[start:end]):
            like = max(0, first - 1) if kind == "insert" else min(first + offset, last - 1)
            parts[owners[like]].append(word)
    for segment, words in zip(segments, parts, strict=True):
        if words == segment.text.split():
            yield segment
        elif words:
            yield replace(segment, text=" ".join(words))


def _stored(services: Services, company_id: str, message_id: str) -> StoredNote:
    try:
        stored = services.stored.find(company_id, message_id)
    except Unreadable:
        stored = None
    if stored:
        return stored
    if services.notes.get(company_id, message_id) is None:
        raise NotThere
    raise _refused("The note holds no words that could be corrected")


def _refused(problem: str, *place: str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("body", *place), "msg": problem, "type": "refused"}])
