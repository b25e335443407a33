"""The parts of a sentence before and after a quote, so that no "not" is cut off."""

from collections.abc import Iterable, Sequence

from ai_voice_shared.answering.quotes import Place
from ai_voice_shared.domain import Segment
from ai_voice_shared.stored.sentence_groups import joined
from ai_voice_shared.words.sentences import ends, sentences

_LONGEST = 300
"""Characters shown on each side of a quote; a text without the end of a sentence can be of any length."""


def around(segments: Sequence[Segment], position: int, place: Place) -> tuple[str, str]:
    """The parts before and after the quote in its sentence, with the white space at the quote.

    The quote is at `place` in the text of the segment at `position`. A spoken sentence may be cut into several segments
    if it is long or its speaker paused, and so may a very long written one. Its parts are put together.
    """
    text, begins = _written_whole(segments, position)
    placed = sentences(text)
    quoted, ended = begins + place.start, begins + place.end
    start = max((begin for begin, _ in placed if begin <= quoted), default=0)
    end = min((end for _, end in placed if end >= ended), default=len(text))
    before, after = text[start:quoted], text[ended:end]
    earlier, later = _neighbours(segments, position)
    if earlier and placed and start == placed[0][0]:
        before = _begun(earlier) + before
    if later and placed and end == placed[-1][1]:
        after += _continued(text, later)
    return _last(before), _first(after)


def _written_whole(segments: Sequence[Segment], position: int) -> tuple[str, int]:
    """The segment's text with the other shown parts of its sentence, and the place at which it begins there."""
    first, last = position, position
    while first and segments[first - 1].goes_on and _length(segments[first:position]) <= _LONGEST:
        first -= 1
    while (
        segments[last].goes_on and last + 1 < len(segments) and _length(segments[position + 1 : last + 1]) <= _LONGEST
    ):
        last += 1
    texts = [segment.text for segment in segments[first : last + 1]]
    begins = len(joined(texts[: position - first + 1])) - len(segments[position].text)
    return joined(texts), begins


def _length(segments: Sequence[Segment]) -> int:
    return sum(len(segment.text) for segment in segments)


def _neighbours(segments: Sequence[Segment], position: int) -> tuple[list[Segment], list[Segment]]:
    """The segments that may have parts of the sentence, nearest first; none if the ends of sentences are not marked."""
    own = segments[position]
    if own.written or not any(_is_ended(segment.text, "") for segment in segments):
        return [], []
    return list(_of_one(own, reversed(segments[:position]))), list(_of_one(own, segments[position + 1 :]))


def _of_one(own: Segment, segments: Iterable[Segment]) -> Iterable[Segment]:
    length = 0
    for segment in segments:
        if segment.written or segment.speaker != own.speaker or length > _LONGEST or not segment.text.strip():
            return
        length += len(segment.text)
        yield segment


def _begun(earlier: Sequence[Segment]) -> str:
    """The part of a sentence in earlier segments, which goes on after them."""
    begun = ""
    for segment in earlier:
        if _is_ended(segment.text, begun[:1]):
            break
        first, last = sentences(segment.text)[-1]
        begun = f"{segment.text[first:last]} {begun}"
        if first > sentences(segment.text)[0][0]:
            break
    return begun


def _continued(text: str, later: Sequence[Segment]) -> str:
    """The part in later segments of a sentence that has not ended."""
    continued = ""
    for segment in later:
        following = segment.text.lstrip()
        if _is_ended(text, following[:1]):
            break
        first, last = sentences(following)[0]
        continued += f" {following[first:last]}"
        text = following
        if len(sentences(following)) > 1:
            break
    return continued


def _is_ended(text: str, following: str) -> bool:
    words = text.split()
    return bool(words) and ends(words[-1], following)


def _last(text: str) -> str:
    """The text's end, from the beginning of a word, with dots if it is not the whole text."""
    kept = text[-_LONGEST:]
    return text if kept == text else f"… {kept.partition(' ')[2] or kept}"


def _first(text: str) -> str:
    kept = text[:_LONGEST]
    return text if kept == text else f"{kept.rpartition(' ')[0] or kept} …"
