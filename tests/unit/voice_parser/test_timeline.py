"""Each frame has the time at which a player plays it, and no forged time moves it far."""

from fractions import Fraction
from itertools import pairwise

from av.audio.frame import AudioFrame
from hypothesis import given
from hypothesis import strategies as st

from voice_parser.sound.timeline import Timeline

RATE = 8_000
FRAME = 160
LONGEST = 100.0
TICK = 1 / RATE


def placed(times: list[float | None], origin: float = 0.0) -> list[float]:
    """The second at which each of so many frames of 20 ms is heard."""
    frames = []
    for time in times:
        frame = AudioFrame("s16", "mono", FRAME)
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        frame.pts = None if time is None else round(time * RATE)
        frames.append(frame)
    heard: list[float] = []
    begun, length = 0.0, 0.0
    for (begin, *_form), _frame in Timeline(TICK, origin, LONGEST).place(frames):
        if begin != begun:
            begun, length = begin, 0.0
        heard.append(round(begin + length, 6))
        length += FRAME / RATE
    return heard


def steady(first: float, count: int) -> list[float | None]:
    return [first + 0.02 * index for index in range(count)]


def test_frames_follow_each_other() -> None:
    assert placed(steady(0, 4)) == [0, 0.02, 0.04, 0.06]


def test_a_gap_is_silence() -> None:
    assert placed([*steady(0, 2), *steady(5, 2)]) == [0, 0.02, 5, 5.02]


def test_a_late_start_is_silence_after_the_origin() -> None:
    assert placed(steady(12, 2)) == [12, 12.02]
    assert placed(steady(12, 2), origin=12) == [0, 0.02]


def test_the_rounding_of_a_clock_is_no_gap() -> None:
    assert placed([0, 0.03, 0.03, 0.09, 0.07]) == [0, 0.02, 0.04, 0.06, 0.08]


def test_a_clock_that_runs_ahead_for_good_is_a_gap_once_it_is_far_enough() -> None:
    heard = placed([0.021 * index for index in range(1_000)])
    assert abs(heard[-1] - 0.021 * 999) <= 0.1


def test_a_clock_that_begins_again_moves_nothing() -> None:
    assert placed([*steady(0, 3), *steady(-30, 2), *steady(-25, 2)], origin=0) == [
        0,
        0.02,
        0.04,
        0.06,
        0.08,
        5.06,
        5.08,
    ]


def test_a_time_that_stands_alone_moves_nothing() -> None:
    assert placed([0, 0.02, 50, 0.06, 0.08]) == [0, 0.02, 0.04, 0.06, 0.08]
    assert placed([0, 0.02, -50, 0.06, 0.08]) == [0, 0.02, 0.04, 0.06, 0.08]
    assert placed([0, 0.02, 50]) == [0, 0.02, 0.04]


def test_frames_without_a_time_follow() -> None:
    assert placed([None, None, 7, None]) == [0, 0.02, 0.04, 0.06]


def test_a_gap_beyond_the_longest_recording_is_not_believed_but_what_follows_is() -> None:
    assert placed([*steady(0, 2), *steady(500, 2), *steady(510, 2)]) == [0, 0.02, 0.04, 0.06, 10.04, 10.06]


@given(st.lists(st.none() | st.floats(-1e9, 1e9) | st.sampled_from([0.0, 0.02, 0.04, 0.06, 5, 5.02]), max_size=60))
def test_whatever_the_times_no_frame_is_lost_or_overlaps_or_adds_more_than_the_longest_silence(
    times: list[float | None],
) -> None:
    heard = placed(times)
    assert len(heard) == len(times)
    assert all(after - before > 0.0199 for before, after in pairwise(heard))
    assert not heard or heard[-1] <= LONGEST + 0.02 * len(times)
