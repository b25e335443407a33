"""Whisper on this machine, with the model that is installed with it: real recordings, real recognition."""

import functools
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.audio_fixtures import recording, sample, truth

from ai_voice_shared.domain import Transcript
from ai_voice_shared.errors import Misconfigured, TellSender
from ai_voice_shared.openai.api import OpenAi
from voice_parser.sound.audio import RATE
from voice_parser.speech import whisper_models
from voice_parser.speech.transcribers import whisper
from voice_parser.speech.transcription import Hints, Transcriber, transcribe

NAMES = ["job.ogg", "knowledge.ogg", "long.ogg"]


def no_connection() -> OpenAi:
    raise AssertionError("the keyless engine asked for a connection")


@pytest.fixture(scope="module")
def engine() -> Transcriber:
    return whisper.build("tiny.en", no_connection)


def heard_in(engine: Transcriber, samples: Any, *keywords: str) -> Transcript:
    return transcribe(recording(samples), engine, Hints(("en",), keywords), lambda _step, do: do())


@pytest.fixture(scope="module")
def heard(engine: Transcriber) -> Callable[[str], Transcript]:
    """What it hears in a sample, which takes seconds: once for all tests."""
    return functools.cache(lambda name: heard_in(engine, sample(name).samples))


def plain(text: str) -> list[str]:
    digits = {"7": "seven", "52": "fifty two"}
    words = "".join(char if char.isalnum() else " " for char in text.lower()).split()
    return " ".join(digits.get(word, word) for word in words).split()


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_heard_right_and_every_sentence_is_timed_by_its_words(
    heard: Callable[[str], Transcript], name: str
) -> None:
    transcript, sentences = heard(name), truth(name)
    assert plain(transcript.text) == plain(" ".join(sentence.text for sentence in sentences))
    assert (transcript.engine, transcript.times, transcript.language) == ("whisper tiny.en", "words", "en")
    assert not transcript.uncertain
    assert [plain(segment.text) for segment in transcript.segments] == [plain(one.text) for one in sentences]
    for segment, sentence in zip(transcript.segments, sentences, strict=True):
        assert segment.start == pytest.approx(sentence.start, abs=0.3)
        assert segment.end == pytest.approx(sentence.end, abs=0.5)


def test_what_it_heard_before_changes_nothing_in_any_thread(engine: Transcriber) -> None:
    job, knowledge = sample("job.ogg").samples[: 5 * RATE], sample("knowledge.ogg").samples[: 5 * RATE]
    with ThreadPoolExecutor(2) as threads:
        first, other, again = threads.map(lambda samples: engine.transcribe(samples, Hints()), (job, knowledge, job))
    assert first == again == engine.transcribe(job, Hints())
    assert "boiler" in first.text
    assert "pump" in other.text


def test_a_model_is_read_once_for_all_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    folder = whisper_models.folder

    def found(model: str) -> Path:
        asked.append(model)
        return folder(model)

    monkeypatch.setattr(whisper_models, "folder", found)
    one = whisper.build("tiny.en", no_connection)
    assert asked == []
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _number: one.transcribe(np.zeros(RATE, np.int16), Hints()), range(4)))
    assert asked == ["tiny.en"]


def test_silence_and_noise_are_not_words(engine: Transcriber) -> None:
    noise = np.random.default_rng(seed=1).normal(0, 300, 3 * RATE)
    for samples in (np.zeros(3 * RATE), noise):
        with pytest.raises(TellSender) as told:
            heard_in(engine, samples, "Grundfos", "Elm Street")
        assert told.value.phrase == "no_speech"


@pytest.mark.parametrize("words", [(), ("Kowalczyk", "Elm Street", "Brandtstrasse")])
def test_what_it_writes_for_silence_has_no_word_of_the_glossary(engine: Transcriber, words: tuple[str, ...]) -> None:
    heard = engine.transcribe(np.zeros(2 * RATE, np.int16), Hints(("en",), words))
    assert heard == engine.transcribe(np.zeros(2 * RATE, np.int16), Hints())
    assert heard.scores[0].no_speech > 0.9


def test_a_glossary_changes_nothing_of_what_was_heard_right(engine: Transcriber) -> None:
    job = sample("job.ogg").samples
    expected = heard_in(engine, job).text
    assert heard_in(engine, job, "Grundfos", "Vitodens", "Szymanski", "Elm Street", "Daniel").text == expected


class Model:
    """A model that remembers what it is asked, and writes the next of its texts."""

    def __init__(self, languages: dict[str, float], texts: list[str]) -> None:
        self.supported_languages = list(languages)
        self.likely = languages
        self.texts = texts
        self.asked: list[dict[str, Any]] = []

    def detect_language(self, _sound: Any) -> tuple[str, float, list[tuple[str, float]]]:
        return "", 0.0, list(self.likely.items())

    def transcribe(self, _sound: Any, **how: Any) -> tuple[list[Any], None]:
        self.asked.append(how)
        words = [
            SimpleNamespace(word=f" {word}", start=at, end=at + 1, probability=0.3)
            for at, word in enumerate(self.texts.pop(0).split())
        ]
        part = SimpleNamespace(
            text="".join(word.word for word in words),
            words=words,
            tokens=words,
            start=0,
            end=len(words),
            no_speech_prob=0.1,
            avg_logprob=-0.2,
            compression_ratio=1.1,
        )
        return [part], None


def with_model(monkeypatch: pytest.MonkeyPatch, model: Model) -> Transcriber:
    monkeypatch.setattr(whisper, "_load", lambda _name, _parallel: model)
    return whisper.build("tiny.en", no_connection)


@pytest.mark.parametrize(
    ("spoken", "language"),
    [
        (("de-AT",), "de"),
        (("pt-BR", "pt-PT"), "pt"),
        (("de", "fr"), "fr"),
        ((), "en"),
        (("tlh",), "en"),
    ],
)
def test_a_model_of_many_languages_hears_the_companys(
    monkeypatch: pytest.MonkeyPatch, spoken: tuple[str, ...], language: str
) -> None:
    model = Model({"en": 0.6, "fr": 0.2, "de": 0.1, "pt": 0.05}, ["Ja"])
    heard = with_model(monkeypatch, model).transcribe(np.zeros(RATE, np.int16), Hints(spoken))
    assert (heard.language, model.asked[0]["language"]) == (language, language)


def test_an_english_model_is_asked_for_english_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model({"en": 1.0}, ["Yes"])
    assert with_model(monkeypatch, model).transcribe(np.zeros(RATE, np.int16), Hints(("es",))).language == "en"


def test_the_glossary_is_a_hint_only_where_it_seems_misheard(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model({"en": 1.0}, ["Order two grandfoss pumps.", "Order 2 Grundfos pumps. Thank you for watching!"])
    hints = Hints(("en",), ("Elm Street", "Grundfos"))
    heard = with_model(monkeypatch, model).transcribe(np.zeros(RATE, np.int16), hints)
    assert heard.text == "Order two Grundfos pumps."
    assert [word.text for word in heard.words] == heard.text.split()
    assert [part.text for part in heard.segments] == [heard.text]
    assert [how["hotwords"] for how in model.asked] == [None, "Grundfos"]


def test_words_that_were_heard_apart_become_one_with_their_whole_time(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model({"en": 1.0}, ["Ask half my stir", "Ask Hoffmeister"])
    heard = with_model(monkeypatch, model).transcribe(np.zeros(RATE, np.int16), Hints((), ("Hoffmeister",)))
    assert [(word.text, word.start, word.end) for word in heard.words] == [("Ask", 0, 1), ("Hoffmeister", 1, 4)]


def test_a_folder_that_holds_no_model_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=rf"^{tmp_path} is not a Whisper model that CTranslate2 can read: .*\.$"):
        whisper.build(str(tmp_path), no_connection).transcribe(np.zeros(RATE, np.int16), Hints())


def test_a_cut_model_is_told_too_and_nothing_is_fetched(tmp_path: Path) -> None:
    for file in whisper_models.folder("tiny.en").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes()[:100_000])
    with pytest.raises(Misconfigured, match="is not a Whisper model"):
        whisper.build(str(tmp_path), no_connection).transcribe(np.zeros(RATE, np.int16), Hints())


def test_where_the_engine_is_not_installed_the_reason_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(Misconfigured, match=r"^The transcriber whisper is not installed here .*ENGINES=whisper"):
        whisper.build("tiny.en", no_connection).transcribe(np.zeros(RATE, np.int16), Hints())


def test_a_model_that_does_not_fit_into_memory_now_is_not_called_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: Any, **_named: Any) -> None:
        raise MemoryError

    monkeypatch.setattr("faster_whisper.WhisperModel", full)
    with pytest.raises(MemoryError):
        whisper.build("tiny.en", no_connection).transcribe(np.zeros(RATE, np.int16), Hints())


def test_a_model_in_a_folder_is_named_by_it_alone(tmp_path: Path) -> None:
    folder = tmp_path / "our-model"
    folder.symlink_to(whisper_models.folder("tiny.en"))
    engine = whisper.build(str(folder), no_connection)
    assert engine.name == "whisper our-model"
    assert "boiler" in engine.transcribe(sample("job.ogg").samples, Hints()).text


def test_an_unknown_model_is_told() -> None:
    with pytest.raises(Misconfigured, match=r'^WHISPER_MODEL is "huge"'):
        whisper_models.folder("huge")
