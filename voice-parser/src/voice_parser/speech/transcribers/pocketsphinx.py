"""The keyless engine: English only, its model in the wheel, modest in accuracy, exact in its word times."""

import re
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from pocketsphinx import Decoder

from ai_voice_shared.domain import RecognizedSpeech, Segment
from voice_parser.sound.audio import RATE
from voice_parser.speech.transcription import Hints, Transcriber
from voice_parser.speech.windows import LONGEST

if TYPE_CHECKING:
    from ai_voice_shared.openai.api import OpenAi

_FRAME = 0.01
"""Seconds."""
_FILLER = re.compile(r"<.*>|\[.*\]|\+\+.*\+\+")
_PRONUNCIATION = re.compile(r"\(\d+\)$")


class PocketSphinx:
    """CMU Sphinx with its US English model; it accepts neither hints nor other languages."""

    name = "pocketsphinx en-us"
    longest_window = LONGEST
    parallel = 2
    takes_hints = False

    def __init__(self) -> None:
        self._idle: SimpleQueue[Any] = SimpleQueue()

    def transcribe(self, samples: NDArray[np.int16], hints: Hints) -> RecognizedSpeech:  # noqa: ARG002 - it does not use hints
        """The words with their times."""
        decoder = self._take()
        decoder.start_utt()
        decoder.process_raw(samples.tobytes(), full_utt=True)
        decoder.end_utt()
        words = tuple(_word(found) for found in decoder.seg() or () if not _FILLER.fullmatch(found.word))
        self._idle.put(decoder)
        return RecognizedSpeech(" ".join(word.text for word in words), "en" if words else None, words)

    def _take(self) -> Any:
        """A decoder serves one thread at a time and takes a third of a second to load, so idle ones are kept."""
        with suppress(Empty):
            decoder = self._idle.get_nowait()
            decoder.reinit_feat()  # otherwise it would use the volume of the last speaker
            return decoder
        return Decoder(samprate=RATE, loglevel="FATAL")


def _word(found: Any) -> Segment:
    start, end = found.start_frame * _FRAME, (found.end_frame + 1) * _FRAME
    return Segment(start, end, _PRONUNCIATION.sub("", found.word))


def build(model: str, connect: "Callable[[], OpenAi]") -> Transcriber:  # noqa: ARG001 - it needs neither
    """The engine; its model is loaded when it is first used."""
    return PocketSphinx()
