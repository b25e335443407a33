"""Every kind of file that phones and browsers send is heard; a broken one is heard or refused, and nothing else."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from support.audio_fixtures import written
from unit.hostile import hear
from unit.hostile.media_files import PITCH, SECONDS, broken, whole

from voice_parser.sound.audio import RATE
from voice_parser.sound.decoding import decode

_PACKET = 0.15
"""Seconds of silence that an encoder may add: up to two packets at 16 kHz."""


def test_every_kind_of_file_is_heard(tmp_path: Path) -> None:
    files = list(whole())
    assert len(files) > 150
    for name, content in files:
        recording = decode(written(tmp_path, content), longest=60)
        assert recording.duration == pytest.approx(SECONDS, abs=_PACKET), name
        middle = recording.samples[RATE // 8 :][: RATE // 5].astype(np.float64)
        pitch = np.argmax(np.abs(np.fft.rfft(middle, RATE)))
        assert abs(pitch - PITCH) < 5, name
        assert np.sqrt(np.mean(middle**2)) > 2_000, name


def test_a_broken_file_is_heard_or_refused_and_harms_nothing(tmp_path: Path) -> None:
    files = dict(broken(seed=10, copies=7))
    assert len(files) > 300
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, hear.__file__, str(tmp_path)], capture_output=True, text=True, check=False
    )
    *heard, (_memory, megabytes) = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, (heard[-1:], done.stderr[-500:])
    assert {name for name, _outcome in heard} == set(files)
    assert {outcome for _name, outcome in heard} == {"heard", "unreadable_audio"}
    assert sum(outcome == "heard" for _name, outcome in heard) > len(files) / 2
    assert megabytes < 250
