"""How windows reach OpenAI's transcription models."""

from pathlib import Path

import pytest
from support.audio_fixtures import sample, written

from ai_voice_shared.domain import RecognizedSpeech
from ai_voice_shared.openai.api import OpenAi
from voice_parser.sound.decoding import decode
from voice_parser.speech.transcribers import openai
from voice_parser.speech.transcription import Hints


class FakeOpenAi(OpenAi):
    def __init__(self) -> None:
        self.asked: list[tuple[bytes, str, tuple[str, ...], tuple[str, ...]]] = []

    def transcribe(
        self, ogg: bytes, *, model: str, languages: tuple[str, ...] = (), keywords: tuple[str, ...] = ()
    ) -> RecognizedSpeech:
        self.asked.append((ogg, model, languages, keywords))
        return RecognizedSpeech("Order two valves.", "en")


def no_connection() -> OpenAi:
    raise AssertionError("the engine connected before it was asked anything")


def test_openai_gets_each_window_as_ogg_with_the_companys_hints(tmp_path: Path) -> None:
    client = FakeOpenAi()
    engine = openai.build("gpt-transcribe", lambda: client)
    job = sample("job.ogg")
    heard = engine.transcribe(job.samples, Hints(("en",), ("Elm Street",)))
    ((ogg, *asked),) = client.asked
    assert decode(written(tmp_path, ogg), longest=60).duration == pytest.approx(job.duration, abs=0.05)
    assert asked == ["gpt-transcribe", ("en",), ("Elm Street",)]
    assert (heard.text, engine.name) == ("Order two valves.", "openai gpt-transcribe")


def test_openai_is_connected_when_it_is_asked_so_that_a_rotated_key_is_used() -> None:
    clients = [FakeOpenAi(), FakeOpenAi()]
    rotating = iter(clients)
    engine = openai.build("gpt-transcribe", lambda: next(rotating))
    for _ in clients:
        engine.transcribe(sample("job.ogg").samples, Hints())
    assert [len(client.asked) for client in clients] == [1, 1]


@pytest.mark.parametrize(
    ("model", "seconds"), [("gpt-transcribe", 25), ("whisper-1", 25), ("gpt-4o-transcribe-diarize", 1200)]
)
def test_only_the_diarizing_model_hears_long_windows(model: str, seconds: float) -> None:
    assert openai.build(model, no_connection).longest_window == seconds


@pytest.mark.parametrize(
    ("model", "takes"), [("gpt-transcribe", True), ("whisper-1", True), ("gpt-4o-transcribe-diarize", False)]
)
def test_only_the_diarizing_model_takes_no_hints(model: str, takes: bool) -> None:  # noqa: FBT001 - a case
    assert openai.build(model, no_connection).takes_hints == takes
