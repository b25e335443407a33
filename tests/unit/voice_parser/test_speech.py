"""Speech is found where somebody speaks, and nowhere else."""

import tracemalloc
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from support.audio_fixtures import recording, sample, truth

from voice_parser.sound.audio import RATE
from voice_parser.speech.speech import Speech, find_speech

NOISE = np.random.default_rng(1)
SECONDS = np.arange(5 * RATE) / RATE


@pytest.mark.parametrize("name", ["job.ogg", "knowledge.ogg", "long.ogg"])
def test_speech_begins_and_ends_where_somebody_speaks(name: str) -> None:
    spans = find_speech(sample(name)).spans
    for sentence in truth(name):
        assert min(abs(span.start - sentence.start) for span in spans) < 0.35
        assert min(abs(span.end - sentence.end) for span in spans) < 0.35


@pytest.mark.parametrize("name", ["job.ogg", "long.ogg"])
def test_spans_come_in_order_and_apart_and_inside_the_recording(name: str) -> None:
    whole = sample(name)
    spans = find_speech(whole).spans
    assert spans[0].start >= 0
    assert spans[-1].end <= whole.duration
    assert all(span.length > 0.2 for span in spans)
    assert all(before.end < after.start for before, after in pairwise(spans))


def test_nobody_speaks_in_a_silent_room() -> None:
    assert find_speech(sample("silence.ogg")).spans == ()


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(0),
        np.zeros(100),
        np.zeros(5 * RATE),
        NOISE.normal(0, 300, 5 * RATE),
        NOISE.normal(0, 8_000, 5 * RATE),
        3_000 * np.sin(SECONDS * 2 * np.pi * 50),
        np.where(NOISE.random(5 * RATE) < 0.0005, 20_000, 0),
    ],
    ids=["nothing", "a-blink", "digital-silence", "hiss", "storm", "hum", "clicks"],
)
def test_noise_is_not_speech(sound: NDArray[np.float64]) -> None:
    assert find_speech(recording(sound)).spans == ()


def test_the_quietest_moment_is_a_pause() -> None:
    job = find_speech(sample("job.ogg"))
    first, second = truth("job.ogg")
    assert first.end < job.quietest(first.start, second.end) < second.start


def test_speech_at_the_very_edges_is_found() -> None:
    job = sample("job.ogg")
    first = truth("job.ogg")[0]
    clipped = recording(job.samples[int((first.start + 0.3) * RATE) : int((first.end - 0.3) * RATE)])
    spans = find_speech(clipped).spans
    assert spans[0].start < 0.2
    assert spans[-1].end == pytest.approx(clipped.duration, abs=0.05)


def test_speech_between_gaps_is_found_where_it_is() -> None:
    job = sample("job.ogg").samples
    gap = np.zeros(100 * RATE, np.int16)
    spans = find_speech(recording(np.concatenate([gap, job, gap, job]))).spans
    alone = find_speech(recording(job)).spans
    for shift in (100, 200 + len(job) / RATE):
        for span in alone:
            assert min(abs(found.start - span.start - shift) for found in spans) < 0.1
            assert min(abs(found.end - span.end - shift) for found in spans) < 0.1


def test_memory_holds_a_few_seconds_of_a_recording() -> None:
    whole = recording(NOISE.normal(0, 300, 300 * RATE))
    tracemalloc.start()
    find_speech(whole)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < whole.length * 2 / 3


def quietly(samples: NDArray[np.int16], decibels: float) -> NDArray[np.float64]:
    """The samples with their peak so far below full scale, rounded to 16 bits."""
    peak = float(np.abs(samples).max())
    return np.rint(samples.astype(np.float64) * (32_767 * 10 ** (decibels / 20) / peak))


def share(found: Speech, wanted: Speech) -> float:
    """Of the speech that is wanted, how much is found."""
    moments = np.arange(0, wanted.spans[-1].end, 0.01)
    speech = [
        np.any([(span.start <= moments) & (moments < span.end) for span in one.spans], 0) for one in (found, wanted)
    ]
    return float(np.mean(speech[0][speech[1]])) if found.spans else 0.0


@pytest.mark.parametrize("decibels", [0, -20, -30, -40, -48, -60])
def test_a_quiet_speaker_is_heard_as_a_loud_one_is(decibels: float) -> None:
    whole = sample("job.ogg")
    assert share(find_speech(recording(quietly(whole.samples, decibels))), find_speech(whole)) > 0.95


@pytest.mark.parametrize("decibels", [0, -30, -60])
@pytest.mark.parametrize(
    "sound",
    [
        NOISE.normal(0, 1, 5 * RATE),
        np.sin(SECONDS * 2 * np.pi * 50) + np.sin(SECONDS * 2 * np.pi * 150) / 3,
        np.where(NOISE.random(5 * RATE) < 0.0005, 1.0, 0),
        sample("silence.ogg").samples,
    ],
    ids=["hiss", "hum", "clicks", "room"],
)
def test_no_noise_becomes_speech_by_being_raised(sound: NDArray[Any], decibels: float) -> None:
    assert find_speech(recording(quietly(sound, decibels))).spans == ()


def test_a_sentence_in_a_minute_of_a_quiet_room_is_found_where_it_is() -> None:
    job = sample("job.ogg").samples
    room = NOISE.normal(0, 3, 60 * RATE)
    room[30 * RATE : 30 * RATE + len(job)] += quietly(job, -48)
    first, last = find_speech(sample("job.ogg")).spans[0], find_speech(sample("job.ogg")).spans[-1]
    spans = find_speech(recording(room)).spans
    assert spans[0].start == pytest.approx(30 + first.start, abs=0.35)
    assert spans[-1].end == pytest.approx(30 + last.end, abs=0.35)


def test_a_knock_on_the_table_does_not_make_a_quiet_speaker_loud() -> None:
    knocked = quietly(sample("job.ogg").samples, -48)
    for second in range(0, int(len(knocked) / RATE), 3):
        knocked[second * RATE : second * RATE + 1_000] = 20_000
    assert share(find_speech(recording(knocked)), find_speech(sample("job.ogg"))) > 0.9


def test_a_loud_recording_is_left_as_it_is() -> None:
    assert find_speech(recording(quietly(sample("job.ogg").samples, 0))).gain == 1


def test_what_is_lost_in_the_rounding_is_no_speech() -> None:
    assert find_speech(recording(quietly(sample("job.ogg").samples, -96))).spans == ()
