"""How a file from a sender is opened: only for its sound, without opening any other file, and with our own errors."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition

MEDIA_ERRORS = (
    FFmpegError,
    ValueError,
    TypeError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
)
"""PyAV's errors about a file's content. A full disk is not one of them. Too little memory is, as FFmpeg's own error:
code that catches these lets a MemoryError through."""

_SLOWEST = 4_000
"""Hz; a lower rate cannot hold speech, and one second with a forged header could become gigabytes."""
_FASTEST = 768_000
"""Hz; no recorder has a higher rate, and a forged header would turn hours of sound into a moment."""
_MOST_CHANNELS = 64
"""The most that FFmpeg's own resampler accepts."""
_MOST_TRACKS = 4
"""Each is decoded until one is chosen."""

_CONTAINERS = "ogg,mov,mp3,aac,amr,amrnb,amrwb,wav,flac,matroska,aiff,caf,avi,au,ac3,eac3,mpeg,mpegts"
_CODECS = (
    "opus,vorbis,speex,aac,aac_latm,amrnb,amrwb,mp3,mp3float,mp2,mp2float,ac3,eac3,flac,alac,"
    "qcelp,evrc,gsm,gsm_ms,adpcm_ima_qt,adpcm_ima_wav,adpcm_ms,pcm_alaw,pcm_mulaw,pcm_u8,pcm_s8,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be"
)
_ONLY_THIS_FILE = {
    "format_whitelist": _CONTAINERS,  # no playlist (HLS, concat, DASH) that names other files or hosts
    "protocol_whitelist": "none",  # a container cannot make us open anything
    "codec_whitelist": _CODECS,  # a video's pictures are not even probed
}

_OWN_ZERO = ("mov", "matroska")
"""Containers whose times count from the start of the playing: a track that begins late is silent until then."""
_LONGEST_LEAD = 600.0
"""Seconds; a file that begins later than this was cut out of a longer one, and has the times of that one."""

_ID3_HEADER = 10
_ID3_FOOTER = 0x10


@dataclass(frozen=True)
class Track:
    """One soundtrack of an open file.

    Attributes:
        tick: seconds of one unit of its frames' times.
        origin: the second on the file's clock at which a player's clock shows zero.
        claimed: seconds, from the header; None if it does not say.
    """

    container: InputContainer
    stream: AudioStream
    tick: float
    origin: float
    claimed: float | None

    def frames(self) -> Iterator[AudioFrame]:
        """The frames that can be decoded, up to the end or up to the damage.

        A damaged packet costs its own few milliseconds, not the rest of the recording.
        """
        for packet in self.packets():
            try:
                yield from self.stream.codec_context.decode(packet)
            except MemoryError:
                raise
            except MEDIA_ERRORS:
                continue

    def packets(self) -> Iterator["av.Packet[AudioStream]"]:
        """The packets to decode, with the empty one at the end."""
        try:
            yield from self.container.demux(self.stream)
        except MemoryError:
            raise
        except MEDIA_ERRORS:
            return


@contextmanager
def opened(path: Path, number: int = 0) -> Iterator[Track | None]:
    """The file's soundtrack with this number, or None if it does not exist; a new one starts from the beginning.

    Tracks that cannot be decoded do not count; those that players prefer come first.
    """
    with _SkippingTag(path) as file:
        container = _container(file)
        if container is None:
            yield None
            return
        with container:
            yield _track(container, number)


def _container(file: FileIO) -> InputContainer | None:
    try:
        return av.open(file, "r", options=_ONLY_THIS_FILE)
    except MemoryError:
        raise
    except MEDIA_ERRORS:
        return None


def _track(container: InputContainer, number: int) -> Track | None:
    try:
        streams = [stream for stream in container.streams.audio if _is_speakable(stream)]
        streams.sort(key=lambda stream: Disposition.default not in stream.disposition)
        if number >= min(len(streams), _MOST_TRACKS):
            return None
        stream = streams[number]
        tick = float(stream.time_base or 0)
        return Track(container, stream, tick, _origin(container), _seconds(container.duration))
    except MemoryError:
        raise
    except MEDIA_ERRORS:
        return None


def _is_speakable(stream: AudioStream) -> bool:
    codec = stream.codec_context  # None, whatever its type says, for a stream that nothing could decode
    return (
        codec is not None
        and codec.name in _CODECS.split(",")
        and _SLOWEST <= codec.sample_rate <= _FASTEST
        and 0 < codec.channels <= _MOST_CHANNELS
    )


def _origin(container: InputContainer) -> float:
    """A live capture begins at its clock's time: players do not wait for that. They do wait for a film's late sound."""
    start = _seconds(container.start_time) or 0.0
    own_zero = container.format.name.startswith(_OWN_ZERO) and start <= _LONGEST_LEAD
    return 0.0 if own_zero else start


def _seconds(microseconds: int | None) -> float | None:
    return None if microseconds is None else microseconds / av.time_base


class _SkippingTag(FileIO):
    """A file that begins after its ID3v2 tag ("ID3v2.4", 3.1).

    FFmpeg treats everything after a tag as MP3, and finds nothing after a tag of more than 1 MiB.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._begin = 0
        header = self.read(_ID3_HEADER)
        if header[:3] == b"ID3" and len(header) == _ID3_HEADER:
            size = sum((byte & 0x7F) << shift for byte, shift in zip(header[6:], (21, 14, 7, 0), strict=True))
            size += _ID3_HEADER * (2 if header[5] & _ID3_FOOTER else 1)
            if size < os.fstat(self.fileno()).st_size:
                self._begin = size
        self.seek(0)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """The new position, or -1 if there is none: FFmpeg reads on, as after a refused `lseek`."""
        try:
            return super().seek(offset + (self._begin if whence == os.SEEK_SET else 0), whence) - self._begin
        except (OSError, OverflowError):
            return -1

    def tell(self) -> int:
        return super().tell() - self._begin
