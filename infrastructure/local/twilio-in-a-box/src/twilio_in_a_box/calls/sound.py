"""The sound of a call: 8,000 samples a second; WAV in and out, tones, and a voice where the machine has one."""

import io
import math
import shutil
import subprocess
import tempfile
import wave
from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

RATE = 8000
"""Samples a second, as on the phone."""

type Samples = array[int]
"""16-bit samples of one channel."""

type Speaker = Callable[[str, str], Samples]
"""Gets a text and who says it, `caller`, `agent` or `bot`; the sound."""

type Recogniser = Callable[[Samples, str], str]
"""Gets what somebody says, and the hints with commas between; its words, empty for none."""

_SECONDS_A_CHARACTER, _SHORTEST = 1 / 15, 0.4
_PITCH = {"caller": 220.0, "agent": 330.0, "bot": 440.0}
_VOICES = {"caller": "awb", "agent": "rms", "bot": "slt"}
_LOUD = 6000
_MULAW, _PCM = 7, 1


def tone(text: str, who: str) -> Samples:
    """A tone as long as somebody needs for the text."""
    count = round(max(_SHORTEST, len(text) * _SECONDS_A_CHARACTER) * RATE)
    step = 2 * math.pi * _PITCH.get(who, _PITCH["bot"]) / RATE
    period = [round(_LOUD * math.sin(step * number)) for number in range(RATE // 10)]
    return array("h", (period * (count // len(period) + 1))[:count])


def voices() -> Speaker:
    """The program `flite` where it is installed, else tones."""
    return _flite if shutil.which("flite") else tone


@lru_cache(maxsize=256)
def _flite(text: str, who: str) -> Samples:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "said.wav"
        command = ["flite", "-voice", _VOICES.get(who, "slt"), "-t", text, "-o", str(file)]
        done = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - no shell, and no option in it
        return read_wav(file.read_bytes()) if done.returncode == 0 else tone(text, who)


def silence(seconds: float) -> Samples:
    """Nothing to hear."""
    return array("h", bytes(2 * round(seconds * RATE)))


def write_wav(channels: Sequence[Samples]) -> bytes:
    """A WAV file of 16-bit samples; the channels are equally long."""
    frames = channels[0]
    if len(channels) > 1:
        frames = array("h", bytes(2 * len(channels) * len(channels[0])))
        for number, channel in enumerate(channels):
            frames[number :: len(channels)] = channel
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(len(channels))
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(frames.tobytes())
    return file.getvalue()


def mixed(one: Samples, other: Samples) -> Samples:
    """Two sounds at once."""
    return array("h", [max(-32768, min(32767, a + b)) for a, b in zip(one, other, strict=True)])


def both_channels(content: bytes) -> tuple[Samples, Samples]:
    """The two channels of a WAV file that `write_wav` wrote."""
    frames = array("h", _parts(content)[3])
    return frames[::2], frames[1::2]


def read_wav(content: bytes) -> Samples:
    """A WAV file, 16-bit or µ-law, of any rate, as one channel; raises ValueError if it is none."""
    kind, channels, rate, data = _parts(content)
    samples = (
        array("h", data[: len(data) // 2 * 2]) if kind == _PCM else array("h", map(_MULAW_TABLE.__getitem__, data))
    )
    first = samples[::channels]
    if rate == RATE:
        return first
    return array("h", [first[number * rate // RATE] for number in range(len(first) * RATE // rate)])


def _parts(content: bytes) -> tuple[int, int, int, bytes]:
    """Format, channels, rate and bytes of the samples."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise ValueError("It is not a WAV file.")
    place, kind = 12, (0, 0, 0, 0)
    while place + 8 <= len(content):
        name, size = content[place : place + 4], int.from_bytes(content[place + 4 : place + 8], "little")
        body = content[place + 8 : place + 8 + size]
        if name == b"fmt ":
            kind = tuple(int.from_bytes(body[a:b], "little") for a, b in ((0, 2), (2, 4), (4, 8), (14, 16)))  # type: ignore[assignment] # four of them
        if name == b"data" and _is_known(kind):
            return kind[0], kind[1], kind[2], body
        place += 8 + size + size % 2
    raise ValueError("It is not a WAV file of 16-bit samples or µ-law.")


def _is_known(kind: tuple[int, int, int, int]) -> bool:
    form, channels, rate, bits = kind
    return (form, bits) in {(_PCM, 16), (_MULAW, 8)} and 0 < channels <= 2 and 1000 <= rate <= 192_000  # noqa: PLR2004 - usual ones


def _from_mulaw(byte: int) -> int:
    """ITU-T G.711."""
    byte = ~byte & 0xFF
    size = (((byte & 0x0F) << 3) + 0x84 << ((byte & 0x70) >> 4)) - 0x84
    return -size if byte & 0x80 else size


_MULAW_TABLE = [_from_mulaw(byte) for byte in range(256)]
