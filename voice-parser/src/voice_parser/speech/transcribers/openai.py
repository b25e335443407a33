"""How windows are sent to OpenAI's transcription models, or to a server with their API."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ai_voice_shared.domain import RecognizedSpeech
from voice_parser.sound.audio import encode_ogg
from voice_parser.speech.transcription import Hints, Transcriber
from voice_parser.speech.windows import LONGEST

if TYPE_CHECKING:
    from ai_voice_shared.openai.api import OpenAi

_DIARIZED = 1200.0
"""Seconds; the model accepts 1400 at most, and it names the same speakers only within one request."""


@dataclass(frozen=True)
class OpenAiTranscriber:
    """One of OpenAI's transcription models."""

    connect: "Callable[[], OpenAi]"
    model: str
    parallel: int = 8

    @property
    def name(self) -> str:
        """The engine and its model."""
        return f"openai {self.model}"

    @property
    def longest_window(self) -> float:
        """Seconds it takes at once."""
        return _DIARIZED if "diarize" in self.model else LONGEST

    @property
    def takes_hints(self) -> bool:
        """Whether hints have an effect: only the diarizing model accepts neither languages nor words."""
        return "diarize" not in self.model

    def transcribe(self, samples: NDArray[np.int16], hints: Hints) -> RecognizedSpeech:
        """The model's transcript; raises RetryLater or DeadLetter."""
        return self.connect().transcribe(
            encode_ogg(samples), model=self.model, languages=hints.languages, keywords=hints.keywords
        )


def build(model: str, connect: "Callable[[], OpenAi]") -> Transcriber:
    """The engine; it connects for each request, so that a rotated key is picked up."""
    return OpenAiTranscriber(connect, model)
