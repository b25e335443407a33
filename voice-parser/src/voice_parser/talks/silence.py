"""A recording that begins with the answer, made as long as its call: its seconds are those of the transcript then."""

import wave
from pathlib import Path

_AT_ONCE = 1 << 16
"""Frames."""


def with_silence_before(source: Path, target: Path, seconds: float) -> float | None:
    """Writes the WAV file with so much silence before it; less than 0 cuts its beginning. Returns how long it is now.

    None, and nothing is written, if it is not a WAV file with PCM samples.
    """
    try:
        with wave.open(str(source), "rb") as recording:
            rate = recording.getframerate()
            missing = round(seconds * rate)
            with wave.open(str(target), "wb") as made:
                made.setparams(recording.getparams())
                _fill(made, recording.getnchannels() * recording.getsampwidth(), missing)
                if missing < 0:
                    recording.setpos(min(-missing, recording.getnframes()))
                while frames := recording.readframes(_AT_ONCE):
                    made.writeframesraw(frames)
            return max(0.0, (recording.getnframes() + missing) / rate)
    except (wave.Error, EOFError, ZeroDivisionError):
        return None


def _fill(made: wave.Wave_write, frame: int, missing: int) -> None:
    silence = bytes(frame * _AT_ONCE)
    for begin in range(0, missing, _AT_ONCE):
        made.writeframesraw(silence[: frame * min(_AT_ONCE, missing - begin)])
