"""What every engine of each kind does: all that exist, and the fakes that replace one in tests.

A new engine is found here by its module; nothing has to be added. Engines for OpenAI ask a stand-in on loopback.
"""

import math
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import numpy as np
import pytest
from support.app import FakeAnalyzer, FakeTranscriber
from support.audio_fixtures import sample, truth
from support.models import FakeOpenAi, Meanings, liar
from support.openai_server import OpenAiServer, serving
from support.schema_examples import example

from ai_voice_shared.answering.model import Answerer, AnswerModel, Passage
from ai_voice_shared.answering.settings import ANSWERERS, EMBEDDERS
from ai_voice_shared.artifacts import ArtifactKey, tag_from
from ai_voice_shared.domain import Company, Tokens, Transcript
from ai_voice_shared.engines import choosing
from ai_voice_shared.errors import Misconfigured, RetryLater
from ai_voice_shared.intents import INTENTS, NAMES, Intent
from ai_voice_shared.mood.features import Spoken
from ai_voice_shared.mood.scoring import OwnScorer, Scorer
from ai_voice_shared.openai.api import OpenAi
from ai_voice_shared.search.model import Embedder
from voice_parser.settings import ANALYZERS, SENTIMENTS, TRANSCRIBERS
from voice_parser.sound.audio import RATE
from voice_parser.speech.transcription import Hints, Transcriber, transcribe
from voice_parser.understanding.understanding import Analysis, Analyzer, understanding_as

ACME = Company("acme", "Acme", ("en",), ("Elm Street",))
HINTS = Hints(("en",), ("Elm Street",))
JOB = "Please order two valves for Elm Street by Friday. The old ones leak."
TEXTS = (JOB, "The pump in building seven runs at fifty two degrees.", "What did we promise at Elm Street?", "Thanks!")
PASSAGES = [
    Passage("S1", "Ana", "2026-11-20", "We measured this on Tuesday."),
    Passage("S2", "Ben", "2026-11-21", "The boiler is cold."),
]
MANY = 300
"""Texts: more than go to OpenAI in one request."""

type Connect = Callable[[], OpenAi]
type Make = Callable[[Connect, type[Intent] | None], Any]
"""Makes an engine; a fake has to be told which kind of note it is to understand."""


def heard_by_a_fake(_connect: Connect, _kind: type[Intent] | None) -> Transcriber:
    return FakeTranscriber()


def understood_by_a_fake(_connect: Connect, kind: type[Intent] | None) -> Analyzer:
    told = understanding_as(kind).model_json_schema()
    return FakeAnalyzer(Analysis(**example(told), engine="fake"))


def answered_by_a_fake(_connect: Connect, _kind: type[Intent] | None) -> Answerer:
    return AnswerModel("a-model", lambda: cast("Any", FakeOpenAi(liar)))


def embedded_by_a_fake(_connect: Connect, _kind: type[Intent] | None) -> Embedder:
    return Meanings()


def scored_by_a_fake(_connect: Connect, _kind: type[Intent] | None) -> Scorer:
    return OwnScorer()


def real(package: str, name: str, *more: object) -> Make:
    model = "tiny.en" if name == "whisper" else "a-model"
    return lambda connect, _kind: choosing.build(package, name)(model, connect, *more)


def every(package: str, fake: Make, *more: object) -> pytest.MarkDecorator:
    """The engines of a package, and a fake, as a test's parameters."""
    made = {name: real(package, name, *more) for name in choosing.names(package)} | {"a fake": fake}
    return pytest.mark.parametrize("make", made.values(), ids=made.keys())


transcribers = every(TRANSCRIBERS, heard_by_a_fake)
analyzers = every(ANALYZERS, understood_by_a_fake)
answerers = every(ANSWERERS, answered_by_a_fake, 60.0)
embedders = every(EMBEDDERS, embedded_by_a_fake)
scorers = every(SENTIMENTS, scored_by_a_fake)


@pytest.fixture(scope="module")
def connect() -> Iterator[Connect]:
    with serving(OpenAiServer(" ".join(one.text for one in truth("job.ogg")), None)) as server:
        connection = OpenAi("a-key", server.url, "responses")
        yield lambda: connection


def nobody() -> OpenAi:
    raise AssertionError("an engine connected before it was asked anything")


@pytest.mark.parametrize("package", [TRANSCRIBERS, ANALYZERS, ANSWERERS, EMBEDDERS, SENTIMENTS])
def test_there_are_two_engines_of_each_kind_and_a_wrong_name_is_told_the_right_ones(package: str) -> None:
    there_are = choosing.names(package)
    assert "openai" in there_are
    assert len(there_are) > 1
    with pytest.raises(Misconfigured, match=f"no engine 'parrot', choose one of {', '.join(there_are)}"):
        choosing.build(package, "parrot")


@transcribers
def test_a_transcriber_says_what_it_takes_before_it_connects(make: Make) -> None:
    engine: Transcriber = make(nobody, None)
    assert engine.name.strip()
    assert engine.longest_window >= 1
    assert engine.parallel >= 1
    assert engine.takes_hints in {True, False}


@transcribers
def test_a_transcriber_hears_a_recording_in_the_order_it_is_said(make: Make, connect: Connect) -> None:
    engine: Transcriber = make(connect, None)
    job = sample("job.ogg")
    transcript = transcribe(job, engine, HINTS, lambda _step, do: do())
    assert transcript.text.strip()
    assert transcript.engine == engine.name
    starts = [segment.start for segment in transcript.segments]
    assert starts == sorted(starts)
    assert all(0 <= segment.start <= segment.end <= job.duration + 0.1 for segment in transcript.segments)


@transcribers
def test_a_transcriber_hears_the_same_from_several_threads(make: Make, connect: Connect) -> None:
    engine: Transcriber = make(connect, None)
    samples = sample("job.ogg").samples[: 4 * RATE]
    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(lambda _number: engine.transcribe(samples, HINTS), range(2))
    assert one == other
    assert all(0 <= word.start <= word.end <= len(samples) / RATE + 0.1 for word in one.segments)


@transcribers
def test_a_transcriber_takes_silence(make: Make, connect: Connect) -> None:
    engine: Transcriber = make(connect, None)
    assert isinstance(engine.transcribe(np.zeros(2 * RATE, np.int16), Hints()).text, str)


@analyzers
@pytest.mark.parametrize("text", TEXTS)
def test_an_analyzer_files_every_text_somewhere(make: Make, connect: Connect, text: str) -> None:
    engine: Analyzer = make(connect, None)
    analysis = engine.understand(Transcript(text, language="en"), ACME)
    note = analysis.note
    assert note.intent in NAMES
    assert str(ArtifactKey("acme", note.intent, tag_from(note.tag), "SM1", "full_text", "txt"))
    assert note.title.strip()
    assert analysis.language
    assert analysis.engine.strip()


@analyzers
@pytest.mark.parametrize("kind", INTENTS, ids=NAMES)
def test_an_analyzer_keeps_to_the_kind_that_a_note_is_filed_as(
    make: Make, connect: Connect, kind: type[Intent]
) -> None:
    engine: Analyzer = make(connect, kind)
    analysis = engine.understand(Transcript(JOB, language="en"), ACME, kind=kind)
    assert type(analysis.note) is kind
    assert kind.model_validate(analysis.note.model_dump(mode="json")) == analysis.note


@answerers
def test_an_answering_engine_plans_and_writes_or_leaves_it_to_extracts(make: Make, connect: Connect) -> None:
    engine: Answerer | None = make(connect, None)
    assert engine is None or engine.name.strip()
    if engine:
        planned = engine.plan("When was it measured?", (), ("en", "de"), "Friday, 2026-11-27")
        assert planned.plan.standalone.strip()
        drafting = engine.draft("When was it measured?", PASSAGES, "Friday, 2026-11-27")
        statements = list(drafting)
        assert all(statement.text for statement in statements)
        assert drafting.language
        assert isinstance(drafting.tokens, Tokens)


@embedders
def test_an_embedder_gives_each_text_its_vector_in_their_order(make: Make, connect: Connect) -> None:
    engine: Embedder | None = make(connect, None)
    if engine is None:  # words alone are searched
        return
    assert engine.name.strip()
    assert engine.embed([]).of_texts == []
    subjects = ("the boiler", "the invoice")
    texts = [subjects[number % 2] for number in range(MANY)]
    vectors = engine.embed(texts).of_texts
    assert len(vectors) == MANY
    assert len({len(vector) for vector in vectors}) == 1
    for text, vector in zip(texts, vectors, strict=True):
        assert math.dist(vector, vectors[subjects.index(text)]) < 1e-6
    assert math.dist(vectors[0], vectors[1]) > 1e-3


@scorers
def test_a_scorer_scores_every_sentence_and_says_who_did(make: Make, connect: Connect) -> None:
    engine: Scorer = make(connect, None)
    for text in (*TEXTS, ""):
        scored = engine.score(text, [Spoken("How can I help?", by_customer=False)])
        assert -1 <= scored.score <= 1
        assert scored.by
        assert isinstance(scored.tokens, Tokens)


@scorers
def test_a_scorer_holds_no_call_up_when_nobody_can_be_asked(make: Make) -> None:
    def gone() -> OpenAi:
        raise RetryLater("the secret cannot be read now")

    assert make(gone, None).score("This is terrible.", []).score < 0
