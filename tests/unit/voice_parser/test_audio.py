"""A recording stays on disk, and engines get small files."""

import threading
from pathlib import Path

import numpy as np
import pytest
from support.audio_fixtures import recording, sample, written

from voice_parser.sound.audio import RATE, encode_ogg
from voice_parser.sound.budget import Budget
from voice_parser.sound.decoding import decode

COUNTED = np.arange(10 * RATE) % 10_000


def test_what_is_encoded_is_a_small_ogg_of_the_same_length(tmp_path: Path) -> None:
    job = sample("job.ogg")
    ogg = encode_ogg(job.samples)
    assert encode_ogg(job.samples) == ogg
    assert ogg[:4] == b"OggS"
    assert b"OpusHead" in ogg[:64]
    assert len(ogg) < job.duration * 4_500
    assert decode(written(tmp_path, ogg), longest=60).duration == pytest.approx(job.duration, abs=0.05)


def test_an_excerpt_holds_the_samples_of_its_seconds() -> None:
    with recording(COUNTED).excerpt(1.5, 2.25) as samples:
        assert (samples == COUNTED[24_000:36_000]).all()


def test_an_excerpt_ends_where_the_recording_does() -> None:
    with recording(COUNTED).excerpt(9.5, 12) as samples:
        assert len(samples) == RATE // 2
    with recording(COUNTED).excerpt(11, 12) as samples:
        assert len(samples) == 0


def test_blocks_hold_every_sample_once() -> None:
    blocks = list(recording(COUNTED).blocks(7_001))
    assert max(map(len, blocks)) == 7_001
    assert (np.concatenate(blocks) == COUNTED).all()


def test_a_recordings_file_is_gone_with_it() -> None:
    held = recording(COUNTED)
    file = held.file
    del held
    assert file.closed


def test_what_all_threads_hold_stays_within_the_budget() -> None:
    budget, held, most = Budget(10), [0.0], [0.0]
    turn = threading.Lock()

    def work(amount: float) -> None:
        with budget.hold(amount):
            with turn:
                held[0] += min(amount, 10)
                most[0] = max(most[0], held[0])
            with turn:
                held[0] -= min(amount, 10)

    threads = [threading.Thread(target=work, args=(amount,)) for amount in [3, 4, 20, 5, 10, 1] * 20]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0 < most[0] <= 10


def test_a_small_amount_passes_a_large_one_that_waits() -> None:
    budget = Budget(10)
    done = threading.Event()

    def take_all() -> None:
        with budget.hold(10):
            done.set()

    large = threading.Thread(target=take_all)
    with budget.hold(6):
        large.start()
        with budget.hold(4):
            assert not done.is_set()
    large.join()
    assert done.is_set()
