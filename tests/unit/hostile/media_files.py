"""Whole and broken media files of every kind that PyAV writes and people send; the same ones every time."""

import random
from collections.abc import Iterator
from functools import cache

import numpy as np
from support.audio_fixtures import Samples, encoded, id3, wave

SECONDS = 0.5
PITCH = 440

_ANY = ("mono", "stereo", "5.1", "9 channels")
_USUAL = ("mono", "stereo", "5.1")
_TWO = ("mono", "stereo")

type Rates = tuple[int, ...]

_LOSSY = (8_000, 16_000, 44_100, 96_000)
_PCM = (8_000, 48_000, 96_000)
_OPUS = (8_000, 48_000)
_MPEG = (16_000, 44_100, 48_000)
_DOLBY = (32_000, 48_000)

_KINDS: dict[str, dict[str, tuple[tuple[str, ...], Rates]]] = {
    "ogg": {"libopus": (_USUAL, _OPUS), "flac": (_USUAL, _PCM)},
    "webm": {"libopus": (_USUAL, _OPUS)},
    "matroska": {"libopus": (_USUAL, _OPUS), "aac": (_USUAL, _LOSSY), "alac": (_TWO, _PCM), "pcm_s16le": (_ANY, _PCM)},
    "mp4": {"aac": (_USUAL, _LOSSY), "alac": (_TWO, _PCM), "flac": (_TWO, _PCM), "libmp3lame": (_TWO, _MPEG)},
    "ipod": {"aac": (_USUAL, _LOSSY), "alac": (_USUAL, _PCM)},
    "mov": {
        "aac": (_USUAL, _LOSSY),
        "pcm_s16be": (_ANY, _PCM),
        "pcm_s24le": (_TWO, _PCM),
        "pcm_alaw": (_TWO, _PCM),
        "adpcm_ima_qt": (_TWO, _PCM),
    },
    "3gp": {"aac": (_TWO, _LOSSY)},
    "3g2": {"aac": (_TWO, _LOSSY)},
    "mp3": {"libmp3lame": (_TWO, _MPEG)},
    "adts": {"aac": (_USUAL, (16_000, 44_100))},
    "flac": {"flac": (_USUAL, _PCM)},
    "wav": {
        "pcm_s16le": (_ANY, _PCM),
        "pcm_s24le": (_TWO, _PCM),
        "pcm_s32le": (_TWO, _PCM),
        "pcm_f32le": (_ANY, _PCM),
        "pcm_f64le": (_TWO, _PCM),
        "pcm_u8": (_ANY, _PCM),
        "pcm_alaw": (_TWO, _PCM),
        "pcm_mulaw": (_TWO, _PCM),
        "adpcm_ima_wav": (_TWO, _PCM),
        "adpcm_ms": (_TWO, _PCM),
    },
    "aiff": {"pcm_s16be": (_ANY, _PCM), "pcm_s24be": (_TWO, _PCM), "pcm_s8": (_TWO, _PCM), "pcm_f32be": (_TWO, _PCM)},
    "caf": {"pcm_s16le": (_ANY, _PCM), "pcm_f32le": (_TWO, _PCM), "alac": (_TWO, _PCM)},
    "avi": {"libmp3lame": (_TWO, _MPEG), "pcm_s16le": (_TWO, _PCM), "aac": (_TWO, (44_100, 48_000))},
    "au": {"pcm_s16be": (_TWO, _PCM), "pcm_mulaw": (_TWO, _PCM)},
    "ac3": {"ac3": (_USUAL, _DOLBY)},
    "eac3": {"eac3": (_TWO, _DOLBY)},
    "mpeg": {"mp2": (_TWO, _DOLBY)},
    "mpegts": {"aac": (_TWO, (44_100, 48_000)), "mp2": (_TWO, _DOLBY)},
}
"""By container and codec, as FFmpeg names them: the channels, and the samples per second, that both can take."""

_BLOCK = 512


@cache
def tone(rate: int) -> Samples:
    """Half a second of a sound that is easily recognised."""
    return (8_000 * np.sin(np.arange(round(rate * SECONDS)) * 2 * np.pi * PITCH / rate)).astype(np.int16)


def whole() -> Iterator[tuple[str, bytes]]:
    """A name and the content of each file that has to be heard."""
    for container, codecs in _KINDS.items():
        for codec, (layouts, rates) in codecs.items():
            for layout in layouts:
                yield _encoded(container, codec, layout, rates[-2])
            for rate in {*rates} - {rates[-2]}:
                yield _encoded(container, codec, "mono", rate)
    for number in (3, 16, 64):
        yield f"wav {number} channels", wave(np.tile(tone(16_000), (number, 1)))
    for container, codec in (("flac", "flac"), ("adts", "aac"), ("mp3", "libmp3lame"), ("wav", "pcm_s16le")):
        yield f"tag {container}", id3(1_200_000) + encoded(tone(16_000), container, codec)


def broken(seed: int, copies: int) -> Iterator[tuple[str, bytes]]:
    """A name and the content of damaged copies of a file of each kind."""
    chance = random.Random(seed)  # noqa: S311 - the same files every time
    for container, codecs in _KINDS.items():
        for codec, (layouts, rates) in codecs.items():
            name, content = _encoded(container, codec, layouts[-1], rates[-2])
            for number in range(copies):
                damage = _DAMAGES[number % len(_DAMAGES)]
                yield f"{name} {damage.__name__} {number}", bytes(damage(bytearray(content), chance))


def _encoded(container: str, codec: str, layout: str, rate: int) -> tuple[str, bytes]:
    return f"{container} {codec} {layout} {rate}", encoded(tone(rate), container, codec, layout=layout, rate=rate)


def _cut(content: bytearray, chance: random.Random) -> bytearray:
    return content[: chance.randrange(len(content))]


def _front_lost(content: bytearray, chance: random.Random) -> bytearray:
    return content[chance.randrange(min(len(content), 2 * _BLOCK)) :]


def _flipped(content: bytearray, chance: random.Random) -> bytearray:
    for _ in range(max(4, len(content) // 500)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return content


def _header_lies(content: bytearray, chance: random.Random) -> bytearray:
    for _ in range(6):
        at = chance.randrange(min(len(content), _BLOCK))
        content[at : at + 4] = chance.choice(
            [b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", chance.randbytes(4)]
        )
    return content


def _zeroed(content: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(len(content))
    content[at : at + len(content) // 5] = bytes(min(len(content) // 5, len(content) - at))
    return content


def _swapped(content: bytearray, chance: random.Random) -> bytearray:
    size = min(_BLOCK, len(content) // 3)
    one, other = (chance.randrange(len(content) // size) * size for _ in range(2))
    content[one : one + size], content[other : other + size] = content[other : other + size], content[one : one + size]
    return content


def _doubled(content: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(len(content))
    return content[:at] + content[at // 2 :]


_DAMAGES = (_cut, _flipped, _header_lies, _zeroed, _swapped, _front_lost, _doubled)
