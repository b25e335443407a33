"""What somebody says into the microphone in a call of the simulator, as the local engine hears it."""

from array import array
from collections.abc import Mapping

import numpy as np

from twilio_in_a_box.calls.sound import RATE as PHONE_RATE
from twilio_in_a_box.calls.sound import Recogniser
from voice_parser.sound.audio import RATE
from voice_parser.speech import whisper_models
from voice_parser.speech.transcribers.whisper import Whisper
from voice_parser.speech.transcription import Hints


def recogniser(parameters: Mapping[str, str]) -> Recogniser | None:
    """The engine of these parameters of the worker's stack; None where it is not one that runs here."""
    if parameters.get("Transcriber") != "whisper":
        return None
    engine = Whisper(parameters.get("WhisperModel", whisper_models.DEFAULT))

    def recognise(samples: "array[int]", hints: str) -> str:
        sound = np.frombuffer(samples, np.int16)
        times = np.arange(len(sound) * RATE // PHONE_RATE) * PHONE_RATE / RATE
        raised = np.interp(times, np.arange(len(sound)), sound).astype(np.int16)
        return engine.transcribe(raised, Hints(keywords=tuple(filter(None, map(str.strip, hints.split(",")))))).text

    return recognise
