"""What counts as a recording: 16 kHz mono inside, whatever WhatsApp carries outside."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, groupby
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.error import FFmpegError
from numpy.typing import NDArray

from ai_voice_shared.errors import TellSender

RATE = 16_000
"""Samples per second: what speech detection and the engines take."""

BIT_RATE = 24_000
"""Bits per second of what we encode; Opus has nothing to gain from more for speech at 16 kHz."""

_SLOWEST = 4_000
"""Hz; below it nothing is speech, and one second of a forged header could blow up to gigabytes."""

_CONTAINERS = "ogg,mov,mp3,aac,amr,amrnb,amrwb,wav,flac,matroska"
_CODECS = (
    "opus,vorbis,libopus,libvorbis,aac,aac_latm,amrnb,amrwb,mp3,mp3float,flac,alac,"
    "pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le,pcm_u8,pcm_alaw,pcm_mulaw"
)
_ONLY_THIS_FILE = {
    "format_whitelist": _CONTAINERS,  # no playlist (HLS, concat, DASH) that names other files or hosts
    "protocol_whitelist": "none",  # a container can not have us open anything
    "codec_whitelist": _CODECS,  # a video's pictures are not even probed
}


@dataclass(frozen=True)
class Recording:
    """Mono samples at `RATE`."""

    samples: NDArray[np.int16]

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self.samples) / RATE


def decode(path: Path, *, longest: float) -> Recording:
    """The sound of a local audio or video file; one that breaks off keeps what came before.

    Raises:
        TellSender: `unreadable_audio` when there is no sound in it, `too_long` as soon as more than `longest`
            seconds were decoded: what a header claims is not believed, and the rest is never decoded.
    """
    limit = int(longest * RATE) * 2
    pcm = bytearray()
    with path.open("rb") as file:
        for chunk in _resampled(_frames(file)):
            pcm += chunk
            if len(pcm) > limit:
                raise TellSender("too_long", minutes=f"{longest / 60:g}")
    if not pcm:
        raise TellSender("unreadable_audio")
    return Recording(np.frombuffer(pcm, np.int16))


def encode_ogg(samples: NDArray[np.int16]) -> bytes:
    """The samples as mono Ogg/Opus, as WhatsApp's voice notes are; the same samples give the same bytes."""
    file = BytesIO()
    with av.open(file, "w", format="ogg", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("libopus", rate=RATE, layout="mono", options={"application": "voip"})
        stream.bit_rate = BIT_RATE
        frame = AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def _frames(file: object) -> Iterator[AudioFrame]:
    """The first audio stream's frames, up to the end or to where the container breaks off."""
    try:
        with av.open(file, "r", options=_ONLY_THIS_FILE) as container:
            stream = next((found for found in container.streams.audio if _is_speakable(found)), None)
            if stream is not None:
                for packet in container.demux(stream):
                    yield from _decoded(stream, packet)
    except (FFmpegError, ValueError):
        return


def _is_speakable(stream: AudioStream) -> bool:
    codec = stream.codec_context  # None, whatever its type says, for a stream that nothing could decode
    return codec is not None and codec.name in _CODECS.split(",") and codec.sample_rate >= _SLOWEST


def _decoded(stream: AudioStream, packet: "av.Packet[AudioStream]") -> Iterable[AudioFrame]:
    """A damaged packet costs its own few milliseconds, not the rest of the recording."""
    try:
        return stream.codec_context.decode(packet)
    except FFmpegError:
        return ()


def _resampled(frames: Iterable[AudioFrame]) -> Iterator[bytes]:
    """16-bit mono chunks at `RATE`; a stream may change its form midway (HE-AAC, AAC put end to end)."""
    for _form, alike in groupby(frames, lambda frame: (frame.sample_rate, frame.layout.name, frame.format.name)):
        resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
        for frame in chain(alike, (None,)):
            yield from (piece.to_ndarray().tobytes() for piece in resampler.resample(frame))
