"""How long a soundtrack plays at least, counted from its packets without decoding, whatever headers claim."""

from collections.abc import Callable

import av
from av.audio.stream import AudioStream

from voice_parser.sound.media_file import Track

type Packet = av.Packet[AudioStream]

_FEWEST_SAMPLES = {"aac": 960, "mp3": 576, "mp3float": 576, "amrnb": 160, "amrwb": 320}
"""Of one packet, in codecs that have no shorter ones."""

_TABLES = ("mov", "matroska", "avi")
"""Containers that write packets' durations into tables, where they can be forged; others measure the packets."""

_OPUS_MILLISECONDS = (10, 20, 40, 60) * 3 + (10, 20) * 2 + (2.5, 5, 10, 20) * 4
"""Of one frame, by configuration (RFC 6716, table 2)."""


def is_longer(track: Track, limit: float) -> bool:
    """Whether the packets certainly hold more than `limit` seconds; if they do not show it, decoding will."""
    measure = _measure(track)
    total = 0.0
    for packet in track.packets():
        total += measure(packet)
        if total > limit:
            return True
    return False


def _measure(track: Track) -> Callable[[Packet], float]:
    codec = track.stream.codec_context
    if codec.name == "opus":
        return _opus
    if not track.container.format.name.startswith(_TABLES):
        return _measured
    seconds = _FEWEST_SAMPLES.get(codec.name, 0) / codec.sample_rate
    return lambda packet: seconds if packet.size else 0.0


def _measured(packet: Packet) -> float:
    return float(packet.duration * packet.time_base) if packet.duration and packet.time_base else 0.0


def _opus(packet: Packet) -> float:
    """The first byte names the frames' length and, unless the second does, their number (RFC 6716, 3.1 and 3.2)."""
    content = bytes(packet)[:2]
    if not content:
        return 0.0
    number = (1, 2, 2, content[-1] & 0x3F)[content[0] & 3]
    return number * _OPUS_MILLISECONDS[content[0] >> 3] / 1000
