"""How loud the parts of a recording are."""

import base64
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from support.audio_fixtures import recording

from voice_parser.sound.audio import RATE
from voice_parser.sound.peaks import MOST, peaks


def _read(samples: NDArray[Any]) -> list[int]:
    return list(base64.b64decode(peaks(recording(samples))))


@pytest.mark.parametrize("seconds", [0.05, 1, 61.7, 700])
def test_there_are_as_many_parts_however_long_a_recording_is(seconds: float) -> None:
    found = _read(np.full(int(seconds * RATE), -9_000))
    assert found == [255] * MOST


def test_the_loudest_part_has_all_of_a_byte_and_silence_nothing() -> None:
    second = np.full(RATE, 100)
    found = _read(np.concatenate([second * 0, second, second // 2, second // 4]))
    assert found == pytest.approx([0] * 100 + [255] * 100 + [128] * 100 + [64] * 100, abs=1)


def test_a_second_is_found_at_its_place_in_an_hour() -> None:
    samples = np.zeros(3600 * RATE, np.int16)
    samples[1800 * RATE : 1801 * RATE] = 20_000
    found = _read(samples)
    assert [at for at, loud in enumerate(found) if loud] == [200]


@pytest.mark.parametrize("samples", [0, 5])
def test_what_has_no_sound_has_no_peaks(samples: int) -> None:
    assert peaks(recording(np.zeros(samples))) == ""


def test_a_recording_of_few_samples_has_as_few_parts() -> None:
    assert _read(np.array([3, -4, 0])) == [191, 255, 0]
