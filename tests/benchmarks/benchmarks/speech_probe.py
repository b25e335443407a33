"""Transcribes one recording in a process of its own; the result is one line of JSON.

Run by `benchmarks.speech`.
"""

import json
import sys
import time
from pathlib import Path
from typing import TypedDict

import numpy as np

from ai_voice_shared.engines import choosing
from ai_voice_shared.errors import TellSender
from ai_voice_shared.openai.api import OpenAi
from voice_parser.settings import TRANSCRIBERS
from voice_parser.sound.audio import RATE
from voice_parser.sound.decoding import decode
from voice_parser.speech.transcription import Hints, Transcriber, transcribe

_LONGEST = 3600.0


class Heard(TypedDict):
    """What was heard, and what it cost.

    Attributes:
        text: empty if nobody speaks.
        starts: the text and the start of each segment, in seconds.
        seconds: of the recording.
        cpu: seconds of all threads, from the file to the transcript; the engine was loaded before.
        loading: seconds of all threads, for the engine.
        peak_mb: of memory, resident.
    """

    text: str
    starts: list[tuple[str, float]]
    seconds: float
    cpu: float
    loading: float
    peak_mb: float


def main() -> None:
    """Arguments: the engine, its model, and the recording."""
    name, model, path = sys.argv[1:]
    begun = time.process_time()
    engine: Transcriber = choosing.build(TRANSCRIBERS, name)(model, _nobody)
    engine.transcribe(np.zeros(RATE, np.int16), Hints())
    sys.stdout.write(json.dumps(_heard(Path(path), engine, time.process_time() - begun)) + "\n")


def _heard(path: Path, engine: Transcriber, loading: float) -> Heard:
    begun = time.process_time()
    recording = decode(path, longest=_LONGEST)
    try:
        transcript = transcribe(recording, engine, Hints(("en",)), lambda _step, do: do())
        text, segments = transcript.text, transcript.segments
    except TellSender:
        text, segments = "", ()
    return Heard(
        text=text,
        starts=[(segment.text, segment.start) for segment in segments],
        seconds=recording.duration,
        cpu=time.process_time() - begun,
        loading=loading,
        peak_mb=_peak(),
    )


def _peak() -> float:
    """MB (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1000


def _nobody() -> OpenAi:
    raise SystemExit("Only engines that run here are measured.")


if __name__ == "__main__":
    main()
