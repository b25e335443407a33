"""What the doctor finds out about a server of your own by asking it, and what it says follows from that."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import httpx
import pytest
from support.environments import deploy

from ai_voice_operations.doctor import abilities
from ai_voice_operations.doctor import engines as doctor_engines
from ai_voice_operations.doctor.abilities import CHAT, RESPONSES, Server
from ai_voice_operations.doctor.finding import Finding

CAPITAL = '{"city": "Paris", "country": "France"}'
TEXT = "It is Paris."
SETTING = "voice-parser LanguageModel"


def said(text: str) -> dict[str, Any]:
    return {"choices": [{"message": {"role": "assistant", "content": text}}]}


def responded(text: str) -> dict[str, Any]:
    return {"output": [{"type": "message", "content": [{"type": "output_text", "text": text}]}]}


@dataclass
class Model:
    """A server with one model: for each kind of answer format, what it says; a number is the status of a refusal."""

    with_schema: str | int = CAPITAL
    with_json_mode: str | int = CAPITAL
    when_told: str = CAPITAL
    again: str = TEXT
    context: int = 50_000
    streams: bool = True
    paths: dict[str, Callable[[str], dict[str, Any]]] = field(default_factory=lambda: {CHAT: said})
    vectors: tuple[int, ...] | int = (768, 768)

    def answer(self, request: httpx.Request) -> httpx.Response:
        path, body = request.url.path.removeprefix("/v1"), json.loads(request.content)
        if path == "/embeddings":
            return self._vectors()
        if path not in self.paths:
            return httpx.Response(404, text="404 page not found")
        if body.get("stream"):
            events = f"data: {json.dumps({'choices': []})}\n\ndata: [DONE]\n\n"
            return httpx.Response(200, text=events) if self.streams else httpx.Response(400, text="no stream")
        spoken = self._spoken(path, body)
        if isinstance(spoken, int):
            return httpx.Response(spoken, json={"error": {"message": "response_format"}})
        return httpx.Response(200, json=self.paths[path](spoken))

    def _spoken(self, path: str, body: dict[str, Any]) -> str | int:
        form = body.get("response_format") if path == CHAT else body.get("text", {}).get("format")
        instructions = str(body.get("instructions") or body["messages"][0]["content"])
        told = "JSON" in instructions
        if "code word" in instructions:
            return "Heron." if len(request_text(body)) < self.context else "I do not know."
        if "could not be used" in instructions:
            return self.again
        match form:
            case {"type": "json_schema"}:
                return self.with_schema
            case {"type": "json_object"}:
                return self.with_json_mode if told else 400
            case _:
                return self.when_told if told else TEXT

    def _vectors(self) -> httpx.Response:
        if isinstance(self.vectors, int):
            return httpx.Response(self.vectors, text="this model has no vectors")
        return httpx.Response(200, json={"data": [{"embedding": [0.5] * length} for length in self.vectors]})


def request_text(body: dict[str, Any]) -> str:
    return str(body.get("input") or body["messages"][1]["content"])


def server(model: Model, seconds: float = 5.0) -> Server:
    """The server; a long question takes it so many seconds."""
    http = httpx.Client(transport=httpx.MockTransport(model.answer))
    return Server("http://localhost:11434/v1", "none", http, iter((0.0, seconds)).__next__)


def findings(model: Model, dialect: str = "chat-completions", seconds: float = 5.0) -> list[Finding]:
    return list(abilities.of_language_model(server(model, seconds), "llama3.2", SETTING, dialect))


def test_one_line_each_for_a_server_that_can_do_everything() -> None:
    assert [(one.level, one.what) for one in findings(Model())] == [
        ("ok", "llama3.2 answers over Chat Completions"),
        ("ok", "llama3.2 keeps to a schema: its answers are used as soon as they are checked"),
        ("ok", "llama3.2 streams: an answer to a question appears while it is written"),
        ("ok", "llama3.2 reads a prompt of 40,500 characters to its beginning, in 5 s"),
    ]


@pytest.mark.parametrize(
    ("model", "level", "words"),
    [
        (Model(with_schema=f"```json\n{CAPITAL}\n```"), "ok", "only the answer is read"),
        (Model(with_schema=f"<think>{{hm}}</think>{CAPITAL}"), "ok", "only the answer is read"),
        (Model(with_schema=400), "warn", "has JSON mode"),
        (Model(with_schema=TEXT), "warn", "has JSON mode"),
        (Model(with_schema='{"capital": "Paris"}'), "warn", "has JSON mode"),
        (Model(with_schema=400, with_json_mode=400), "warn", "neither schema nor JSON mode"),
        (Model(with_schema=TEXT, with_json_mode=TEXT, when_told=TEXT, again=CAPITAL), "warn", "only the second time"),
        (Model(with_schema=TEXT, with_json_mode=TEXT, when_told=TEXT), "FAIL", "does not write the JSON"),
    ],
)
def test_how_well_a_model_keeps_to_a_form_is_said_with_what_follows(model: Model, level: str, words: str) -> None:
    finding = findings(model)[1]
    assert finding.level == level
    assert words in finding.what
    assert (finding.remedy == "what still does not fit falls back to rules") is (level == "warn")


def test_the_responses_api_is_asked_in_its_own_words() -> None:
    both = Model(paths={CHAT: said, RESPONSES: responded})
    assert (
        findings(both, "responses")[0].what == "llama3.2 answers over Chat Completions and Responses; Responses is used"
    )
    assert "keeps to a schema" in findings(both, "responses")[1].what


@pytest.mark.parametrize("dialect", ["auto", "chat-completions"])
def test_a_server_of_your_own_is_asked_over_what_it_has(dialect: str) -> None:
    both = Model(paths={CHAT: said, RESPONSES: responded})
    assert "Chat Completions is used" in findings(both, dialect)[0].what


def test_a_dialect_that_the_server_does_not_have_is_corrected() -> None:
    (finding,) = findings(Model(), "responses")
    assert (finding.level, finding.remedy) == ("FAIL", "set OpenAiDialect to chat-completions")


def test_a_model_that_does_not_answer_is_told_with_what_the_server_says() -> None:
    (finding,) = findings(Model(paths={}))
    assert (finding.level, finding.what) == ("FAIL", f"llama3.2 ({SETTING}) does not answer (status 404)")
    assert "404 page not found" in finding.remedy


@pytest.mark.parametrize(
    ("model", "seconds", "words"),
    [
        (Model(context=16_000), 5.0, "does not know the beginning of a long prompt: its answers may be wrong"),
        (Model(), 40.0, "in 40 s: POST /v1/ask waits 18 s"),
    ],
)
def test_a_model_that_forgets_or_is_slow_is_warned_of(model: Model, seconds: float, words: str) -> None:
    finding = findings(model, seconds=seconds)[3]
    assert finding.level == "warn"
    assert words in finding.what
    assert "OLLAMA_CONTEXT_LENGTH" in finding.remedy or "smaller" in finding.remedy


def test_a_long_question_that_is_refused_or_never_answered_is_a_warning() -> None:
    def refuses(request: httpx.Request) -> httpx.Response:
        if len(request.content) < 9_000:
            return Model().answer(request)
        raise httpx.ReadTimeout("too long")

    http = httpx.Client(transport=httpx.MockTransport(refuses))
    asked = Server("http://localhost:11434/v1", "none", http)
    *_, long = abilities.of_language_model(asked, "llama3.2", SETTING, "auto")
    assert (long.level, long.what) == ("warn", "llama3.2 needs more than 180 s for a long question")


def test_a_model_that_does_not_stream_fails_questions() -> None:
    assert findings(Model(streams=False))[2].level == "FAIL"


@pytest.mark.parametrize(
    ("vectors", "level", "words"),
    [
        ((768, 768), "ok", "makes vectors of 768 numbers"),
        ((768,), "FAIL", "makes no vectors"),
        ((768, 384), "FAIL", "makes no vectors"),
        (404, "FAIL", "makes no vectors (status 404)"),
    ],
)
def test_the_length_of_vectors_is_told(vectors: tuple[int, ...] | int, level: str, words: str) -> None:
    (finding,) = abilities.of_embedding_model(server(Model(vectors=vectors)), "nomic", "voice-parser EmbeddingModel")
    assert finding.level == level
    assert words in finding.what


def told(model: Model, listed: httpx.Response, parameters: dict[str, str], *, asks: bool = False) -> list[Finding]:
    """What the doctor says of an environment with these parameters, and a server that lists its models like this."""

    def answer(request: httpx.Request) -> httpx.Response:
        return listed if request.method == "GET" else model.answer(request)

    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        return list(
            doctor_engines.openai(deploy(leave_out=(), states=None, **parameters), http, date(2026, 11, 21), asks=asks)
        )


OWN = {"OpenAiBaseUrl": "https://models.example/v1", "Transcriber": "pocketsphinx", "OpenAiDialect": "chat-completions"}


def lists(*names: str) -> httpx.Response:
    return httpx.Response(200, json={"data": [{"id": name} for name in names]})


@pytest.mark.usefixtures("account")
def test_a_server_of_your_own_is_asked_what_its_models_can_do() -> None:
    named = {"LanguageModel": "llama3.2", "SentimentModel": "llama3.2", "EmbeddingModel": "nomic"}
    found = told(Model(), lists("llama3.2:latest", "nomic"), OWN | named)
    assert {one.level for one in found} == {"ok"}
    assert [one.what.partition(":")[0] for one in found[1:]] == [
        "llama3.2 answers over Chat Completions",
        "llama3.2 keeps to a schema",
        "llama3.2 streams",
        "llama3.2 reads a prompt of 40,500 characters to its beginning, in 0 s",
        "nomic makes vectors of 768 numbers",
    ]
    assert found[0].what == "https://models.example/v1 lists 2 models"


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    ("listed", "level", "words"),
    [
        (lists("another"), "warn", "llama3.2 ("),
        (httpx.Response(404), "warn", "does not list its models"),
        (httpx.Response(401), "FAIL", "answers 401 to our key"),
    ],
)
def test_a_list_without_the_model_is_told(listed: httpx.Response, level: str, words: str) -> None:
    found = told(Model(), listed, OWN | {"LanguageModel": "llama3.2"})
    assert any(one.level == level and words in one.what for one in found)


@pytest.mark.usefixtures("account")
def test_what_people_say_does_not_go_out_unencrypted_from_aws() -> None:
    found = told(Model(), lists("llama3.2"), OWN | {"OpenAiBaseUrl": "http://10.0.0.7/v1"})
    assert (found[0].level, found[0].remedy) == ("FAIL", "set OpenAiBaseUrl to a URL with https")


@pytest.mark.usefixtures("account")
def test_a_server_that_is_gone_is_one_line() -> None:
    def gone(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with httpx.Client(transport=httpx.MockTransport(gone)) as http:
        (finding,) = doctor_engines.openai(deploy(leave_out=(), states=None, **OWN), http, date(2026, 11, 21))
    assert (finding.level, finding.what) == ("FAIL", "nothing answers at https://models.example/v1 (ConnectError)")


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("asks", [False, True])
def test_openais_models_are_asked_only_when_that_is_wanted(asks: bool) -> None:  # noqa: FBT001 - a case
    both = Model(paths={CHAT: said, RESPONSES: responded}, vectors=(384, 384))
    listed = lists("gpt-6-luna", "gpt-transcribe", "text-embedding-3-small")
    what = " ".join(one.what for one in told(both, listed, {}, asks=asks))
    assert ("gpt-6-luna keeps to a schema" in what) is asks
    assert ("ASK=1 asks" in what) is not asks
