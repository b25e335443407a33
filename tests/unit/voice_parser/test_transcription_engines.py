"""The engines: one needs no key, the other OpenAI; the pipeline cannot tell them apart."""

import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from support.audio_fixtures import sample, truth, written

from ai_voice_shared.domain import RecognizedSpeech, Transcript
from ai_voice_shared.openai.api import OpenAi
from voice_parser.sound.audio import RATE
from voice_parser.sound.decoding import decode
from voice_parser.speech.transcribers import openai, pocketsphinx
from voice_parser.speech.transcription import Hints, Transcriber, transcribe


class FakeOpenAi(OpenAi):
    def __init__(self) -> None:
        self.asked: list[tuple[bytes, str, tuple[str, ...], tuple[str, ...]]] = []

    def transcribe(
        self, ogg: bytes, *, model: str, languages: tuple[str, ...] = (), keywords: tuple[str, ...] = ()
    ) -> RecognizedSpeech:
        self.asked.append((ogg, model, languages, keywords))
        return RecognizedSpeech("Order two valves.", "en")


def no_connection() -> OpenAi:
    raise AssertionError("the keyless engine asked for a connection")


@pytest.fixture(scope="module")
def sphinx() -> Transcriber:
    return pocketsphinx.build("", no_connection)


@pytest.fixture(scope="module")
def heard(sphinx: Transcriber) -> Callable[[str], Transcript]:
    """What the keyless engine hears in a sample, which takes seconds: once for all tests."""
    return functools.cache(lambda name: transcribe(sample(name), sphinx, Hints(), lambda _step, do: do()))


def wrong_words(said: str, heard: str) -> float:
    """The word error rate: the share of words missing, added or mistaken."""
    truth, found = ([word.strip(".,").lower() for word in text.split()] for text in (said, heard))
    distances = list(range(len(found) + 1))
    for row, word in enumerate(truth, start=1):
        diagonal, distances[0] = distances[0], row
        for column, other in enumerate(found, start=1):
            best = min(distances[column] + 1, distances[column - 1] + 1, diagonal + (word != other))
            diagonal, distances[column] = distances[column], best
    return distances[-1] / len(truth)


@pytest.mark.parametrize("name", ["job.ogg", "knowledge.ogg"])
def test_without_a_key_a_note_is_understood_and_timed_by_its_words(
    heard: Callable[[str], Transcript], name: str
) -> None:
    transcript = heard(name)
    sentences = truth(name)
    assert wrong_words(" ".join(sentence.text for sentence in sentences), transcript.text) < 0.15
    assert (transcript.engine, transcript.times, transcript.language) == ("pocketsphinx en-us", "words", "en")
    assert len(transcript.segments) == len(sentences)
    for segment, sentence in zip(transcript.segments, sentences, strict=True):
        assert segment.start == pytest.approx(sentence.start, abs=0.5)
        assert segment.end == pytest.approx(sentence.end, abs=0.5)


def test_what_the_keyless_engine_heard_before_changes_nothing(sphinx: Transcriber) -> None:
    job, knowledge = sample("job.ogg").samples[: 5 * RATE], sample("knowledge.ogg").samples[: 5 * RATE]
    with ThreadPoolExecutor(2) as threads:
        first, other, again = threads.map(lambda samples: sphinx.transcribe(samples, Hints()), (job, knowledge, job))
    assert first == again == sphinx.transcribe(job, Hints())
    assert "[" not in other.text + first.text
    assert "(" not in other.text + first.text


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


def test_the_keyless_engine_takes_no_hints(sphinx: Transcriber) -> None:
    assert not sphinx.takes_hints


@pytest.mark.parametrize("name", ["job.ogg", "knowledge.ogg", "long.ogg"])
def test_what_the_keyless_engine_hears_is_believed(heard: Callable[[str], Transcript], name: str) -> None:
    assert not heard(name).uncertain
