"""Recordings made at run time from those in the project, and what is really said in them."""

import io
import json
import struct
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from ai_voice_local.templates import INFRASTRUCTURE
from voice_parser.sound.audio import RATE, Recording
from voice_parser.sound.decoding import decode

SAMPLES = INFRASTRUCTURE / "local" / "samples"

type Samples = NDArray[np.int16]


@dataclass(frozen=True)
class Sentence:
    """What is said from start to end, in seconds."""

    text: str
    start: float
    end: float


def sample(name: str) -> Recording:
    """A shipped recording, decoded."""
    return decode(SAMPLES / name, longest=600)


def recording(samples: NDArray[Any]) -> Recording:
    """The samples as a recording."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the recording closes it
    file.write(samples.astype(np.int16).tobytes())
    file.flush()
    return Recording(file, len(samples))


def truth(name: str) -> list[Sentence]:
    """What is said in a shipped recording."""
    known = json.loads((SAMPLES / "samples.json").read_text(encoding="utf-8"))
    return [Sentence(**sentence) for sentence in known[name]["sentences"]]


def encoded(  # noqa: PLR0913 - what a file can be has many sides
    samples: Samples,
    container: str,
    codec: str,
    *,
    layout: str = "mono",
    rate: int = RATE,
    pictures: bool = False,
    beside: Sequence[Samples] = (),
    later: Callable[[float], float] = lambda _second: 0.0,
) -> bytes:
    """The samples as a file of another kind.

    Args:
        samples: at `rate`; every channel has them.
        container: as FFmpeg names it, like `codec` and `layout`.
        codec: see `container`.
        layout: see `container`.
        rate: samples per second.
        pictures: whether a moving picture comes with it, from second 0 on.
        beside: what other soundtracks, before this one, have.
        later: by how many seconds the sound of a given second is played later than it would be.
    """
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        video = output.add_stream("mpeg4", rate=10) if pictures else None
        tracks = [output.add_stream(codec, rate=rate, layout=layout) for _ in range(len(beside) + 1)]
        if isinstance(video, VideoStream):
            video.width = video.height = 32
            video.pix_fmt = "yuv420p"
            output.mux(video.encode(_picture()))
            output.mux(video.encode(None))
        for track, heard in zip(tracks, [*beside, samples], strict=True):
            assert isinstance(track, AudioStream)
            for packet in _packets(track, heard):
                assert packet.pts is not None
                assert packet.time_base is not None
                shift = round(later(float(packet.pts * packet.time_base)) / packet.time_base)
                packet.pts += shift
                packet.dts = packet.pts
                output.mux(packet)
    return file.getvalue()


def silent_film() -> bytes:
    """A film without any sound track."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as output:
        video = output.add_stream("mpeg4", rate=10)
        assert isinstance(video, VideoStream)
        video.width = video.height = 32
        video.pix_fmt = "yuv420p"
        output.mux(video.encode(_picture()))
        output.mux(video.encode(None))
    return file.getvalue()


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack("<4sI", name, len(content)) + content


def _packets(track: AudioStream, samples: Samples) -> "Iterator[av.Packet[AudioStream]]":
    if not len(samples):
        return
    channels = track.layout.nb_channels
    resampler = AudioResampler(format=track.format, layout=track.layout, rate=track.rate)
    frame = AudioFrame.from_ndarray(np.repeat(samples, channels).reshape(1, -1), format="s16", layout=track.layout.name)
    frame.sample_rate, frame.pts, frame.time_base = track.rate, 0, Fraction(1, track.rate)
    for piece in [*resampler.resample(frame), *filter(None, resampler.resample(None)), None]:
        yield from track.encode(piece)


def wave(channels: Samples, *, rate: int = RATE, mask: int = 0) -> bytes:
    """A WAV file with a row a channel, as an arrangement of loudspeakers (Microsoft, "WAVEFORMATEXTENSIBLE").

    Args:
        channels: rows of equal length.
        rate: what the header claims, samples per second.
        mask: a bit a loudspeaker; 0 where the file does not tell.
    """
    number = len(channels)
    block = number * 2
    form = struct.pack("<HHIIHH", 0xFFFE, number, rate, rate * block % 2**32, block, 16)
    form += struct.pack("<HHI", 22, 16, mask) + bytes.fromhex("0100000000001000800000aa00389b71")
    content = channels.T.astype("<i2").tobytes()
    chunks = b"WAVE" + _chunk(b"fmt ", form) + _chunk(b"data", content)
    return _chunk(b"RIFF", chunks)


def id3(size: int) -> bytes:
    """A tag of so many bytes that stand in front of a recording ("ID3v2.4", 3.1)."""
    return b"ID3\x04\0\0" + bytes(size - 10 >> shift & 0x7F for shift in (21, 14, 7, 0)) + bytes(size - 10)


def written(folder: Path, content: bytes, name: str = "note.ogg") -> Path:
    """The content as a file."""
    path = folder / name
    path.write_bytes(content)
    return path


def _picture() -> VideoFrame:
    picture = VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
    picture.pts, picture.time_base = 0, Fraction(1, 10)
    return picture
