"""How a sound file becomes a recording: decoded in blocks to disk, each sound at the second of a player."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from itertools import chain, count, groupby
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

import numpy as np
from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from ai_voice_shared.errors import RetryLater, TellSender
from voice_parser.sound.audio import BYTES, RATE, Recording
from voice_parser.sound.channels import Mixer
from voice_parser.sound.media_file import MEDIA_ERRORS, Track, opened
from voice_parser.sound.playing_time import is_longer
from voice_parser.sound.timeline import Timeline
from voice_parser.speech.speech import find_speech

_BLOCK = 16_384
"""Samples of each channel that are processed together; frames of a few milliseconds would cost three times as much."""


def decode(path: Path, *, longest: float) -> Recording:
    """The sound of a local audio or video file; if the file is damaged, the part before the damage.

    If there are several soundtracks, it is the one with the most speech.

    Raises:
        TellSender: `unreadable_audio` if there is no sound in it; `too_long` if its packets hold more than
            `longest` seconds, before any is decoded, or as soon as more was decoded: no header is trusted.
        RetryLater: the disk is full.
        MemoryError: the memory is too small; libraries do not always say so (`recording_room.Room.certain`).
    """
    soundtracks = _soundtracks(path, longest)
    best = next(soundtracks, None)
    if best is None:
        raise TellSender("unreadable_audio")
    for other in soundtracks:
        best = max(best, other, key=_spoken)
    return best


def _spoken(recording: Recording) -> float:
    return sum(span.length for span in find_speech(recording).spans)


def _soundtracks(path: Path, longest: float) -> Iterator[Recording]:
    for number in count():
        with opened(path, number) as track:
            if track is None:
                return
            if track.claimed is None or track.claimed > longest:
                _refuse_longer(path, number, longest)
            recording = _recorded(track, longest)
        if recording.length:
            yield recording


def _refuse_longer(path: Path, number: int, longest: float) -> None:
    with opened(path, number) as track:
        if track is not None and is_longer(track, longest):
            raise _too_long(longest)


def _too_long(longest: float) -> TellSender:
    return TellSender("too_long", minutes=f"{longest / 60:g}")


def _recorded(track: Track, longest: float) -> Recording:
    with ExitStack() as unless_done:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the recording closes it
        unless_done.callback(_discard, file)
        try:
            length = _write(track, longest, file)
        except OSError as error:
            raise RetryLater("no room on disk for the recording") from error
        unless_done.pop_all()
    return Recording(file, length)


def _discard(file: BinaryIO) -> None:
    with suppress(OSError):  # the full disk cannot take the rest of the data, either
        file.close()


def _write(track: Track, longest: float, file: BinaryIO) -> int:
    """Writes the sound, and returns the number of samples."""
    written, limit = 0, int(longest * RATE)
    placed = Timeline(track.tick, track.origin, longest).place(track.frames())
    for (begin, *_form), passage in groupby(placed, itemgetter(0)):
        written = max(written, round(begin * RATE))
        file.seek(written * BYTES)  # what is skipped is silence, and takes no room
        for samples in _resampled(map(itemgetter(1), passage)):
            file.write(samples.tobytes())
            written += samples.size
            if written > limit:
                raise _too_long(longest)
    file.flush()
    return written


def _resampled(frames: Iterable[AudioFrame]) -> Iterator[NDArray[np.int16]]:
    """16-bit mono at `RATE`, of frames of one form."""
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE, threads=1)  # more threads would be useless
    mixer = Mixer()
    try:
        for block in chain(_blocks(frames), (None,)):
            mono = block if block is None or block.layout.name == "mono" else mixer.mix(block)
            for piece in resampler.resample(mono):
                if piece is not None:  # frames that need no resampling come back as is, also the None at the end
                    yield np.asarray(piece.to_ndarray(), np.int16)
    except MemoryError:
        raise
    except MEDIA_ERRORS:
        return


def _blocks(frames: Iterable[AudioFrame]) -> Iterator[AudioFrame]:
    queue = AudioFifo()
    for frame in frames:
        frame.pts = None  # they are placed already, and the queue refuses gaps
        queue.write(frame)
        if queue.samples >= _BLOCK:
            yield from queue.read_many(_BLOCK)
    yield from queue.read_many(_BLOCK, partial=True)
