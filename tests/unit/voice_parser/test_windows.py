"""Windows have all speech once, and no window is longer than the engine takes."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.audio_fixtures import sample

from voice_parser.speech.speech import FRAME_SECONDS, Span, Speech, find_speech
from voice_parser.speech.windows import cut

NO_TIME = 1e-6


def speech_of(*spans: tuple[float, float], quiet_at: tuple[float, ...] = ()) -> Speech:
    activity = np.ones(round(spans[-1][1] / FRAME_SECONDS) + 1, np.float32)
    activity[[int(second / FRAME_SECONDS) for second in quiet_at]] = 0
    return Speech(tuple(Span(*span) for span in spans), activity)


@st.composite
def speeches(draw: st.DrawFn) -> Speech:
    """Stretches of speech from a word to several minutes, between pauses of any length."""
    lengths = draw(st.lists(st.floats(0.2, 200) | st.floats(0.2, 10), min_size=1, max_size=30))
    pauses = draw(st.lists(st.floats(0.02, 20), min_size=len(lengths), max_size=len(lengths)))
    spans, at = [], 0.0
    for pause, length in zip(pauses, lengths, strict=True):
        spans.append((at + pause, at + pause + length))
        at += pause + length
    quiet = draw(st.lists(st.floats(0, at), max_size=5))
    return speech_of(*spans, quiet_at=tuple(quiet))


@given(speeches(), st.sampled_from([5.0, 25.0, 1200.0]))
def test_windows_hold_all_speech_once_and_in_order(speech: Speech, longest: float) -> None:
    pieces = [piece for window in cut(speech, longest) for piece in window.speech]
    whole: list[Span] = []
    for piece in pieces:
        if whole and whole[-1].end == piece.start:
            whole[-1] = Span(whole[-1].start, piece.end)
        else:
            whole.append(piece)
    assert whole == list(speech.spans)


@given(speeches(), st.sampled_from([5.0, 25.0, 1200.0]))
def test_windows_fit_the_engine_begin_and_end_with_speech_and_follow_each_other(speech: Speech, longest: float) -> None:
    windows = cut(speech, longest)
    for window in windows:
        assert 0.15 < window.end - window.start <= longest + NO_TIME
        assert (window.start, window.end) == (window.speech[0].start, window.speech[-1].end)
    assert all(before.end <= after.start for before, after in pairwise(windows))


def test_no_speech_makes_no_window() -> None:
    assert cut(Speech((), np.zeros(100, np.float32))) == []


def test_neighbours_share_a_window_while_they_fit() -> None:
    windows = cut(speech_of((1, 10), (11, 20), (21, 30)))
    assert [(window.start, window.end) for window in windows] == [(1, 20), (21, 30)]


def test_a_long_silence_is_not_sent() -> None:
    windows = cut(speech_of((1, 3), (9, 12)))
    assert [(window.start, window.end) for window in windows] == [(1, 3), (9, 12)]


def test_an_engine_that_takes_long_windows_hears_everybody_in_one() -> None:
    assert len(cut(speech_of((1, 3), (9, 12), (60, 90)), longest=1200)) == 1


def test_unbroken_speech_is_cut_at_its_quietest_moment() -> None:
    first, second = cut(speech_of((0, 40), quiet_at=(5, 17, 38)))
    assert first.end == second.start == pytest.approx(17, abs=0.05)


def test_unbroken_speech_leaves_no_shred() -> None:
    assert all(window.end - window.start > 1 for window in cut(speech_of((0, 25.01))))


def test_a_real_minute_becomes_a_few_windows() -> None:
    windows = cut(find_speech(sample("long.ogg")))
    assert len(windows) == 3
