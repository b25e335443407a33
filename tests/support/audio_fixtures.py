"""Recordings made at run time from the ones the project ships, and the truth about those."""

import io
import json
import tempfile
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from ai_voice_local.templates import INFRASTRUCTURE
from voice_parser.audio import RATE, Recording
from voice_parser.decoding import decode

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


def encoded(samples: Samples, container: str, codec: str, *, layout: str = "mono", pictures: bool = False) -> bytes:
    """The samples as a file of another kind, with a moving picture where asked."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        video = output.add_stream("mpeg4", rate=10) if pictures else None
        audio = output.add_stream(codec, rate=RATE, layout=layout)
        assert isinstance(audio, AudioStream)
        if isinstance(video, VideoStream):
            video.width = video.height = 32
            video.pix_fmt = "yuv420p"
            output.mux(video.encode(_picture()))
            output.mux(video.encode(None))
        if len(samples):
            channels = 2 if layout == "stereo" else 1
            frame = AudioFrame.from_ndarray(np.repeat(samples, channels).reshape(1, -1), format="s16", layout=layout)
            frame.sample_rate = RATE
            output.mux(audio.encode(frame))
            output.mux(audio.encode(None))
    return file.getvalue()


def written(folder: Path, content: bytes, name: str = "note.ogg") -> Path:
    """The content as a file."""
    path = folder / name
    path.write_bytes(content)
    return path


def _picture() -> VideoFrame:
    picture = VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
    picture.pts, picture.time_base = 0, Fraction(1, 10)
    return picture
