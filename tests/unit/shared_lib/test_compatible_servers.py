"""Our adapter on every kind of compatible server, over a socket: understanding, planning, answering, vectors."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest
from pydantic import BaseModel
from support.compatible_servers import DIMENSIONS, CompatibleServer, on_a_socket
from support.openai_server import USED
from support.server_manners import SERVERS

from ai_voice_shared.answering.model import AnswerModel, Passage
from ai_voice_shared.domain import NO_TOKENS, Tokens
from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.openai.api import Dialect, OpenAi

NOTE = "<note>\nDie Pumpe in Gebäude sieben läuft mit 52 °C – größer als «12».\n</note>"
TITLE = "Die Pumpe in Gebäude sieben läuft mit 52"
PASSAGES = [
    Passage("S1", "Ana", "2026-11-20", "Der Kessel ist kalt."),
    Passage("S2", "Ben", "2026-11-21", "Die Größe der Pumpe ist «12»."),
]
TODAY = "Friday, 2026-11-27"
ONCE, TWICE = Tokens(*USED), Tokens(*USED) + Tokens(*USED)

sensible = pytest.mark.parametrize("name", sorted(set(SERVERS) - {"rubbish"}))


class Filed(BaseModel):
    """A schema."""

    language: str
    title: str
    question: str | None = None


@contextmanager
def asking(name: str, dialect: Dialect = "auto") -> Iterator[tuple[CompatibleServer, OpenAi]]:
    with on_a_socket(name) as (server, path):
        yield server, OpenAi("a-key", server.url, dialect, httpx2.HTTPTransport(uds=path))


def filed(api: OpenAi) -> tuple[str, Tokens]:
    answered = api.answer(Filed, model="a-model", instructions="File it.", text=NOTE)
    return answered.content.title if answered.content else "", answered.tokens


@sensible
def test_a_note_is_understood_and_what_a_server_refused_is_not_sent_again(name: str) -> None:
    with asking(name) as (server, api):
        cost = TWICE if name == "wilful" else ONCE
        assert filed(api) == (TITLE, cost)
        before = len(server.asked)
        assert filed(api) == (TITLE, cost)
        assert len(server.asked) - before == (2 if name == "wilful" else 1)


@sensible
def test_an_answer_is_streamed_as_json_alone(name: str) -> None:
    with asking(name) as (_, api):
        model = AnswerModel("a-model", lambda: api)
        drafting = model.draft("Wie groß ist die Pumpe?", PASSAGES, TODAY)
        (statement,) = list(drafting)
        assert (statement.text, statement.sources[0].segment) == (PASSAGES[1].text, "S2")
        assert drafting.usable
        untold = name in {"odd", "bedrock", "strict"}  # they tell no figures in a stream
        assert drafting.tokens == (NO_TOKENS if untold else TWICE if name == "wilful" else ONCE)


@sensible
def test_a_question_is_planned(name: str) -> None:
    with asking(name) as (_, api):
        plan = AnswerModel("a-model", lambda: api).plan("Wie groß?", (), ("de", "en"), TODAY).plan
        assert (plan.standalone, plan.searches) == ("Wie groß?", ["Wie groß?"])


def test_a_model_that_never_answers_gives_nothing_and_its_cost() -> None:
    with asking("rubbish") as (_, api):
        assert filed(api) == ("", TWICE)
        drafting = AnswerModel("a-model", lambda: api).draft("Wie groß?", PASSAGES, TODAY)
        assert (list(drafting), drafting.usable, drafting.tokens) == ([], False, TWICE)


@pytest.mark.parametrize("name", SERVERS)
def test_vectors_have_the_length_that_the_server_gives_them(name: str) -> None:
    with asking(name) as (server, api):
        for _ in range(2):
            embedded = api.embed(["a pump", "a roof"], model="e", dimensions=384)
            assert [len(vector) for vector in embedded.vectors] == [DIMENSIONS] * 2
            assert embedded.tokens == Tokens(4, 0)
        last = server.asked[-1][1]
        assert ("dimensions" in last) == (name not in {"vllm", "litellm", "strict"})
        assert len(server.asked) == {"strict": 4, "vllm": 3, "litellm": 3}.get(name, 2)


@pytest.mark.parametrize(
    ("name", "formats"),
    [
        ("ollama", ["json_schema"]),
        ("llama.cpp", ["json_schema", "json_object"]),
        ("lm-studio", ["json_schema"]),
        ("plain", ["json_schema", "json_schema", "json_object", None]),
        ("strict", ["json_schema", "json_schema", "json_object"]),
        ("litellm", ["json_schema", "json_schema", "json_object", None]),
    ],
)
def test_each_next_request_asks_for_less_and_tells_the_schema_in_words(name: str, formats: list[str | None]) -> None:
    with asking(name) as (server, api):
        filed(api)
        assert [(body.get("response_format") or {}).get("type") for _, body in server.asked] == formats
        told = [body["messages"][0]["content"] for _, body in server.asked]
        assert ("system" in server.asked[-1][1]["messages"][0]["role"]) == (name != "plain")
        assert ["JSON schema" in one for one in told] == [kind != "json_schema" for kind in formats]


def test_what_one_model_refused_is_still_sent_to_another() -> None:
    with asking("plain") as (server, api):
        for model in ("a-model", "another"):
            api.answer(Filed, model=model, instructions="File it.", text=NOTE)
        assert [body["model"] for _, body in server.asked] == ["a-model"] * 4 + ["another"] * 4


def test_a_server_with_the_responses_api_is_asked_over_it_only_if_that_is_wanted() -> None:
    with asking("lm-studio") as (server, api):
        filed(api)
        assert {path for path, _ in server.asked} == {"/chat/completions"}
    with asking("lm-studio", "responses") as (server, api):
        assert filed(api) == (TITLE, ONCE)  # out of a code block
        (statement,) = list(AnswerModel("a-model", lambda: api).draft("Wie groß ist die Pumpe?", PASSAGES, TODAY))
        assert statement.text == PASSAGES[1].text
        assert {path for path, _ in server.asked} == {"/responses"}


@pytest.mark.parametrize(("name", "error"), [("llama.cpp", DeadLetter), ("ollama", RetryLater), ("vllm", DeadLetter)])
def test_a_server_without_the_responses_api_answers_nothing_over_it(name: str, error: type[Exception]) -> None:
    with asking(name, "responses") as (_, api), pytest.raises(error, match="404"):
        filed(api)


def test_a_refusal_that_names_no_field_is_final(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"error": {"message": "the prompt is too long", "code": "context_length_exceeded"}}
    with asking("ollama") as (server, api):
        monkeypatch.setattr(server, "answer", lambda _path, _body: (400, "application/json", iter([_as_json(said)])))
        with pytest.raises(DeadLetter, match="400 context_length_exceeded"):
            filed(api)


def _as_json(said: object) -> bytes:
    return httpx2.Response(200, json=said).content
