"""A decoded recording: 16 kHz mono on disk. Memory holds only the part that is read."""

import functools
import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from voice_parser.sound import memory
from voice_parser.sound.budget import Budget

RATE = 16_000
"""Samples per second, for speech detection and the engines."""

BYTES = 2
"""The type of a sample on disk: a signed integer in the machine's own byte order."""

TELEPHONE_RATE = 8_000
"""Samples per second of a call, a byte each (ITU-T G.711)."""

BIT_RATE = 24_000
"""Bits per second of our recordings; for speech at 16 kHz, Opus does not get better with more."""

_MOST_EXCERPTS = 2 * 3600
"""Seconds that engines may be given at the same time, whatever the batch and the memory; 230 MB."""

_FOR_EXCERPTS = 0.25
"""Of the memory that is left when the first one is read."""

_COPIES = 2
"""Copies of an excerpt in memory: as is, and louder."""


@dataclass(frozen=True)
class Recording:
    """Mono samples at `RATE` in their own file, which is deleted with the last reference to the recording.

    Attributes:
        file: has to have a descriptor; several threads may read it.
        length: samples.
    """

    file: BinaryIO
    length: int

    def __post_init__(self) -> None:
        weakref.finalize(self, self.file.close)

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.length / RATE

    @property
    def samples(self) -> NDArray[np.int16]:
        """All samples, in memory: for short recordings."""
        return self._read(0, self.length)

    def blocks(self, size: int) -> Iterator[NDArray[np.int16]]:
        """The samples in blocks of so many; the last block may be shorter."""
        for first in range(0, self.length, size):
            yield self._read(first, min(first + size, self.length))

    @contextmanager
    def excerpt(self, start: float, end: float) -> Iterator[NDArray[np.int16]]:
        """The samples from second `start` to second `end`, for the length of the block.

        Waits while the process holds too many samples.
        """
        with _excerpts().hold(end - start):
            yield self._read(round(start * RATE), min(round(end * RATE), self.length))

    def _read(self, first: int, last: int) -> NDArray[np.int16]:
        content = os.pread(self.file.fileno(), max(0, last - first) * BYTES, first * BYTES)
        return np.frombuffer(content, np.int16)


@functools.cache
def _excerpts() -> Budget:
    return Budget(min(_MOST_EXCERPTS, memory.left() * _FOR_EXCERPTS / (_COPIES * RATE * BYTES)))


def encode_ogg(samples: NDArray[np.int16]) -> bytes:
    """The samples as mono Ogg/Opus, as WhatsApp's voice notes are; the same samples give the same bytes."""
    file = BytesIO()
    with av.open(file, "w", format="ogg", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("libopus", rate=RATE, layout="mono", options={"application": "voip"})
        stream.bit_rate = BIT_RATE
        for first in range(
            0, len(samples), RATE
        ):  # a second at a time, otherwise the encoder would hold a copy of everything
            frame = AudioFrame.from_ndarray(samples[first : first + RATE].reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate = RATE
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def encode_mulaw(samples: NDArray[np.int16]) -> bytes:
    """The samples as a mono WAV of 8 kHz µ-law: what telephones play, without anything to decode."""
    file = BytesIO()
    resampler = AudioResampler(format="s16", layout="mono", rate=TELEPHONE_RATE)
    with av.open(file, "w", format="wav", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("pcm_mulaw", rate=TELEPHONE_RATE, layout="mono")
        frame = AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            if piece is not None:
                container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return file.getvalue()
