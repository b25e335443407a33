"""How much of an engine's text for a window can be trusted, and which of two texts is better."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import chain, groupby, repeat

from ai_voice_shared.domain import RecognizedSpeech, Scores, Segment
from voice_parser.speech.plausibility import Judgement, Said, judged
from voice_parser.speech.timing import full_text
from voice_parser.speech.windows import LONGEST, Window

_BESIDE = 0.5
"""Seconds by which a model's times may be off."""
_MORE_SILENCE = 0.4
"""Seconds on each side, when a window is transcribed again: other borders often end a loop."""
_COMPARED = 2_000
"""Letters, about two minutes of speech: a comparison by letters costs their square."""
_THE_SAME = 0.7
"""A part of the letters: the two texts say the same, one with the company's own spelling."""


@dataclass(frozen=True)
class Hearing:
    """What an engine heard in a window.

    Attributes:
        raw: the engine's own text.
        heard: the part of it that may be filed.
        reasons: the rules that doubt it; empty if it is trusted.
    """

    window: Window
    raw: RecognizedSpeech
    heard: RecognizedSpeech
    reasons: tuple[str, ...] = ()

    @property
    def share_left(self) -> float:
        """How much of the text may be filed."""
        return len(full_text(self.heard)) / max(1, len(full_text(self.raw)))


def hearing(heard: RecognizedSpeech, window: Window, keywords: tuple[str, ...]) -> Hearing:
    """How much of it can be trusted; `keywords` are the hints that the engine got."""
    if not full_text(heard):
        return Hearing(window, heard, heard)
    believed, reasons = _by_segment(heard, window, keywords)
    if not heard.segments or window.end - window.start <= LONGEST + 2 * _MORE_SILENCE:
        believed, more = _as_a_whole(believed, window, keywords)
        reasons = (*reasons, *more)
    return Hearing(window, heard, believed, tuple(dict.fromkeys(reasons)))


def better(first: Hearing, again: Hearing) -> Hearing:
    """The text to file; `again` was transcribed without hints."""
    if again.reasons or not full_text(again.heard):
        return max(again, first, key=lambda one: one.share_left)
    if first.reasons == ("echo",) and _tell_the_same(first, again):
        return Hearing(first.window, first.raw, first.raw)
    return again


def with_more_silence(windows: Sequence[Window], at: int, duration: float) -> Window:
    """The window with wider borders, but never in its neighbours' speech."""
    window = windows[at]
    before = windows[at - 1].end if at else 0.0
    behind = windows[at + 1].start if at + 1 < len(windows) else duration
    start = max(window.start - _MORE_SILENCE, (before + window.start) / 2)
    return replace(window, start=start, end=min(window.end + _MORE_SILENCE, (window.end + behind) / 2))


def _by_segment(
    heard: RecognizedSpeech, window: Window, keywords: tuple[str, ...]
) -> tuple[RecognizedSpeech, tuple[str, ...]]:
    """Each of the model's segments by itself; those that say the same one after the other, together."""
    found = [(part, _judged(part, scores, window, keywords)) for part, scores in _parts(heard)]
    reasons = tuple(reason for _, judgement in found for reason in judgement.reasons)
    if not reasons:
        return heard, ()
    kept = tuple(part for group, judgement in found for part in _kept(group, judgement))
    return RecognizedSpeech(" ".join(part.text for part in kept), heard.language, segments=kept), reasons


def _parts(heard: RecognizedSpeech) -> Iterator[tuple[list[Segment], Scores]]:
    scored = zip(heard.segments, chain(heard.scores, repeat(Scores())), strict=False)
    for _, group in groupby(scored, key=lambda pair: (pair[0].text.casefold(), pair[0].speaker)):
        pairs = list(group)
        yield [segment for segment, _ in pairs], _worst([scores for _, scores in pairs])


def _worst(scores: Sequence[Scores]) -> Scores:
    return Scores(
        max(one.no_speech for one in scores),
        min(one.log_probability for one in scores),
        max(one.compression for one in scores),
    )


def _judged(group: list[Segment], scores: Scores, window: Window, keywords: tuple[str, ...]) -> Judgement:
    begin, end = (window.start + at for at in (group[0].start - _BESIDE, group[-1].end + _BESIDE))
    seconds = sum(max(0.0, min(span.end, end) - max(span.start, begin)) for span in window.speech)
    return judged(Said(" ".join(segment.text for segment in group), seconds, keywords, scores))


def _kept(group: list[Segment], judgement: Judgement) -> Iterator[Segment]:
    if not judgement.reasons:
        yield from group
    elif judgement.text:
        yield replace(group[0], end=group[-1].end, text=judgement.text, uncertain=judgement.uncertain)


def _as_a_whole(
    heard: RecognizedSpeech, window: Window, keywords: tuple[str, ...]
) -> tuple[RecognizedSpeech, tuple[str, ...]]:
    """Its text. The part that is left has no times, because they belonged to the whole text."""
    text = full_text(heard)
    judgement = judged(Said(text, sum(span.length for span in window.speech), keywords))
    if not judgement.reasons:
        return heard, ()
    if judgement.text == text:
        return replace(heard, uncertain=judgement.uncertain), judgement.reasons
    return RecognizedSpeech(judgement.text, heard.language, uncertain=judgement.uncertain), judgement.reasons


def _tell_the_same(first: Hearing, again: Hearing) -> bool:
    one, other = ("".join(filter(str.isalnum, full_text(told.raw)))[:_COMPARED].casefold() for told in (first, again))
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _THE_SAME
