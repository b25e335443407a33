"""When each segment of a window was said: by its words' times, by the model's, or by its share of the speech."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate

from ai_voice_shared.domain import RecognizedSpeech, Segment, TimesSource
from ai_voice_shared.words.sentences import tokens
from voice_parser.speech.sentences import LONGEST, Token, grouped
from voice_parser.speech.speech import Span
from voice_parser.speech.windows import Window

_SHORTEST = 0.05
"""Seconds a segment lasts at least, whatever an engine claims."""

_REACH = 1.5
"""Seconds by which an estimated sentence border may be moved to a silence: speakers pause between sentences."""

_LATE = 0.5
"""Seconds by which a model may tell the first word after a silence too late. If it is later, a word is missing."""

_DIGIT = 4
"""How many letters a spoken digit is worth."""


def timed(heard: RecognizedSpeech, window: Window) -> tuple[list[Segment], TimesSource]:
    """The window's text in segments, with times in seconds of the recording: in order, inside the window, not blank."""
    segments, source = _timed(heard, window)
    return [replace(one, uncertain=one.uncertain or heard.uncertain) for one in segments], source


def _timed(heard: RecognizedSpeech, window: Window) -> tuple[list[Segment], TimesSource]:
    told = [segment for segment in heard.segments if _weight(segment.text)]
    words = [word for word in heard.words if _weight(word.text)]
    text = full_text(heard)
    if words and text and not any(segment.speaker for segment in told):
        return list(_in_order(window, _as_words(text, words, window))), "words"
    if told:  # they often end in the middle of a sentence, but they know who speaks
        return list(_in_order(window, _as_told(told, window))), "model"
    return list(_in_order(window, _by_share(text, window.speech or (Span(window.start, window.end),)))), "speech"


def full_text(heard: RecognizedSpeech) -> str:
    """The window's text on one line; empty if it has only marks, which models write if they hear no words."""
    text = heard.text.strip() or " ".join(part.text for part in heard.segments or heard.words)
    return " ".join(text.split()) if _weight(text) else ""


def _as_told(segments: Sequence[Segment], window: Window) -> Iterator[Segment]:
    """The model's own segments, except that a monologue is cut like any other text."""
    for segment in sorted(segments, key=lambda segment: segment.start):
        start, end = window.start + segment.start, window.start + segment.end
        text = " ".join(segment.text.split())
        if end - start > LONGEST:
            parts = _by_share(text, (Span(start, end),))
            yield from (replace(segment, start=part.start, end=part.end, text=part.text) for part in parts)
        else:
            yield replace(segment, start=start, end=end, text=text)


def _as_words(text: str, words: Sequence[Segment], window: Window) -> Iterator[Segment]:
    """A segment lasts from its first word to its last one.

    The text keeps its punctuation, which many engines leave out of their words: letters tell which word is which.
    """
    ends = list(accumulate(_weight(word.text) for word in words))
    scale = ends[-1] / _weight(text)
    placed = []
    for begin, end, first, last in _weighed(text):
        opening = words[min(bisect_right(ends, first * scale), len(words) - 1)]
        closing = words[min(bisect_left(ends, last * scale), len(words) - 1)]
        start = opening.start if last > first else closing.end
        placed.append(Token(begin, end, window.start + start, window.start + max(start, closing.end)))
    for group in grouped(text, _with_speech(placed, window.speech)):
        yield Segment(group[0].start, group[-1].stop, text[group[0].begin : group[-1].end])


def _with_speech(placed: Sequence[Token], spans: Sequence[Span]) -> list[Token]:
    """The words, but the first one after a silence starts with the speech, and the last one before it ends there.

    Models put these into the silence, or up to half a second too late.
    """
    settled = list(placed)
    belongs = [max(spans, key=partial(_overlap, token), default=None) for token in placed]
    for span in spans:
        inside = [at for at, of in enumerate(belongs) if of is span and _overlap(placed[at], span) > 0]
        if inside and settled[inside[0]].start - span.start <= _LATE:
            settled[inside[0]] = replace(settled[inside[0]], start=span.start)
        if inside and settled[inside[-1]].stop > span.end:
            settled[inside[-1]] = replace(settled[inside[-1]], stop=span.end)
    return settled


def _overlap(token: Token, span: Span) -> float:
    """Seconds that they share; below 0 if they share none."""
    return min(token.stop, span.end) - max(token.start, span.start)


def _by_share(text: str, spans: Sequence[Span]) -> Iterator[Segment]:
    """Each sentence lasts as long as its share of the letters, counted in seconds of speech: silences are skipped."""
    if not text:
        return
    clock = _SpeechClock.of(spans)
    scale = clock.total / max(1, _weight(text))
    placed = [Token(begin, end, first * scale, last * scale) for begin, end, first, last in _weighed(text)]
    groups = grouped(text, placed)
    borders = [0.0, *clock.snapped([group[0].start for group in groups[1:]]), clock.total]
    for group, start, end in zip(groups, borders, borders[1:], strict=False):
        yield Segment(clock.begins(start), clock.ends(end), text[group[0].begin : group[-1].end])


@dataclass(frozen=True)
class _SpeechClock:
    """A clock that stops in silence; `ticks` is its time at each span's end."""

    spans: Sequence[Span]
    ticks: list[float]

    @classmethod
    def of(cls, spans: Sequence[Span]) -> "_SpeechClock":
        return cls(spans, list(accumulate(span.length for span in spans)))

    @property
    def total(self) -> float:
        return self.ticks[-1]

    def begins(self, shown: float) -> float:
        """The second of the recording; in a silence, its end."""
        index = min(bisect_right(self.ticks, shown), len(self.spans) - 1)
        return self.spans[index].end - (self.ticks[index] - shown)

    def ends(self, shown: float) -> float:
        """The second of the recording; in a silence, its beginning."""
        index = min(bisect_left(self.ticks, shown), len(self.spans) - 1)
        return self.spans[index].end - (self.ticks[index] - shown)

    def snapped(self, borders: Sequence[float]) -> Iterator[float]:
        """The borders, each at the nearest silence in reach, and in order.

        The rest is estimated again after each border, otherwise a slow first sentence would shift all others.
        """
        passed = estimated = 0.0
        for border, following in zip(borders, [*borders, self.total][1:], strict=True):
            pace = (self.total - passed) / max(_SHORTEST, self.total - estimated)
            here, after = (passed + (place - estimated) * pace for place in (border, following))
            near = [tick for tick in self.ticks[:-1] if passed < tick < after and abs(tick - here) <= _REACH]
            passed, estimated = min(near, key=lambda tick: abs(tick - here), default=here), border
            yield passed


def _weighed(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Each word's begin and end in the text, and the weight of all before it, and with it."""
    total = 0
    for begin, end in tokens(text):
        weight = _weight(text[begin:end])
        yield begin, end, total, total + weight
        total += weight


def _weight(text: str) -> int:
    """How much there is to say: one for each letter, and more for a digit."""
    return sum(_DIGIT if char.isdigit() else char.isalpha() for char in text)


def _in_order(window: Window, segments: Iterator[Segment]) -> Iterator[Segment]:
    """Engines sometimes go beyond their window or back in time. A citation must not."""
    latest = window.start
    for segment in segments:
        start = max(latest, min(segment.start, window.end - _SHORTEST))
        end = min(window.end, max(segment.end, start + _SHORTEST))
        latest = start
        yield replace(segment, start=round(start, 3), end=round(end, 3))
