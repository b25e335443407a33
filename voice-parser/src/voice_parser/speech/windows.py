"""Which parts of a recording an engine gets: few, cut at silences, not too long, with all speech once."""

from collections.abc import Iterator
from dataclasses import dataclass

from voice_parser.speech.speech import Span, Speech

LONGEST = 25.0
"""Seconds; speech models are trained on 30."""

_LONGEST_GAP = 0.1
"""A part of a window's length: a longer silence is not sent (it costs money and makes models invent text)."""


@dataclass(frozen=True)
class Window:
    """The part of a recording for one request to an engine; all times in seconds of the recording."""

    start: float
    end: float
    speech: tuple[Span, ...]


def cut(speech: Speech, longest: float = LONGEST) -> list[Window]:
    """The windows, in order. Each has at most `longest` seconds, and together they have all speech once."""
    windows: list[Window] = []
    for span in speech.spans:
        for piece in _pieces(speech, span, longest):
            last = windows[-1] if windows else None
            if last and _fits(last, piece, longest):
                windows[-1] = Window(last.start, piece.end, (*last.speech, piece))
            else:
                windows.append(Window(piece.start, piece.end, (piece,)))
    return windows


def _fits(window: Window, piece: Span, longest: float) -> bool:
    return piece.end - window.start <= longest and piece.start - window.end <= longest * _LONGEST_GAP


def _pieces(speech: Speech, span: Span, longest: float) -> Iterator[Span]:
    """Speech without a silence is cut at its quietest moment, but no part may be too short."""
    start = span.start
    while span.end - start > longest:
        shred = longest / 25
        at = speech.quietest(start + longest / 2, min(start + longest, span.end - shred))
        yield Span(start, at)
        start = at
    yield Span(start, span.end)
