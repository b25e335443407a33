"""If a request can say that OpenAI shall not keep it, it says so: every call in the source, and in real requests."""

import ast
import inspect
import json
import re
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest
from pydantic import BaseModel
from support.openai_server import response

from ai_voice_shared.errors import DeadLetter
from ai_voice_shared.openai.api import Dialect, OpenAi

ROOT = Path(__file__).parents[3]
SOURCES = sorted(file for folder in (ROOT, ROOT / "infrastructure") for file in folder.glob("*/src/**/*.py"))
ADAPTER = ROOT / "shared-lib" / "src" / "ai_voice_shared" / "openai"
DOCTOR = ROOT / "infrastructure" / "operations" / "src" / "ai_voice_operations" / "doctor"
NOT_KEPT = ("False", "openai.omit if 'store' in refused else False")
"""What a call may say; the second is False until a compatible server has refused the field."""

GOOD = '{"words": ["a"]}'
OURS, THEIRS = "https://api.openai.com/v1", "https://models.example/v1"


class Words(BaseModel):
    """A schema."""

    words: list[str]


def calls(source: str) -> Iterator[tuple[str, str | None]]:
    """Each call of OpenAI's client, as `chat.completions.create`, and what it says of `store`; "?" for another use."""
    tree = ast.parse(source)
    called = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in inner and "self._client" in ast.unparse(node):
            name = ast.unparse(node).removeprefix("self._client").removeprefix(".")
            call = called.get(id(node))
            if call is not None:
                yield name, next((ast.unparse(word.value) for word in call.keywords if word.arg == "store"), None)
            elif isinstance(node.ctx, ast.Load):
                yield "?", None


def is_kept(name: str, store: str | None) -> bool:
    """Whether OpenAI may keep what this call sends, as far as its own SDK offers to say so."""
    if name == "?":
        return True
    method = attrgetter(name)(openai.OpenAI(api_key="sk-test"))
    return "store" in inspect.signature(method).parameters and store not in NOT_KEPT


def test_every_call_in_the_source_that_can_say_so_says_that_nothing_is_kept() -> None:
    found = [call for file in ADAPTER.glob("*.py") for call in calls(file.read_text(encoding="utf-8"))]
    assert len(found) >= 8  # the requests we make
    assert sum(store is not None for _, store in found) >= 4
    assert [name for name, store in found if is_kept(name, store)] == []


@pytest.mark.parametrize(
    "new",
    [
        "self._client.responses.create(model=m)",
        "self._client.chat.completions.create(model=m, store=True)",
        "self._client.chat.completions.with_raw_response.create(model=m)",
        "self._client.responses.with_streaming_response.create(model=m, store=keep)",
        "client = self._client",
        "self._client.with_options(timeout=1).responses.create(model=m)",
    ],
)
def test_a_new_call_that_does_not_say_so_is_found(new: str) -> None:
    assert [name for name, store in calls(new) if name == "?" or is_kept_or_unknown(name, store)]


def is_kept_or_unknown(name: str, store: str | None) -> bool:
    """A chain that is no plain method of the client cannot be looked up, so it is not allowed."""
    try:
        return is_kept(name, store)
    except AttributeError:
        return True


def test_nobody_but_the_adapter_imports_openai_or_names_its_paths() -> None:
    wanted = re.compile(r"\bimport openai\b|\bfrom openai\b|/responses|/chat/completions")
    found = {file.parent for file in SOURCES if wanted.search(file.read_text(encoding="utf-8"))}
    assert found == {ADAPTER, DOCTOR}


def test_the_doctor_asks_with_its_own_words_alone() -> None:
    assert "ai_voice_shared" not in (DOCTOR / "abilities.py").read_text(encoding="utf-8")


class Recording:
    """A server that keeps what it was sent; refuses `store` in the words of others, where it is told to."""

    def __init__(self, refusal: httpx2.Response | None = None) -> None:
        self._refusal = refusal
        self.bodies: list[dict[str, Any]] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        body = json.loads(request.read())
        self.bodies.append(body)
        if self._refusal and "store" in body:
            return httpx2.Response(self._refusal.status_code, content=self._refusal.content)
        return _streamed(request) if body.get("stream") else httpx2.Response(200, json=_answer(request))

    def api(self, dialect: Dialect, url: str = OURS) -> OpenAi:
        """Our adapter on this server."""
        return OpenAi("sk-test", url, dialect, httpx2.MockTransport(self))


def _answer(request: httpx2.Request) -> dict[str, Any]:
    if request.url.path.endswith("/responses"):
        return response(GOOD)
    choice = {"index": 0, "message": {"role": "assistant", "content": GOOD}, "finish_reason": "stop"}
    return {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}


def _streamed(request: httpx2.Request) -> httpx2.Response:
    if request.url.path.endswith("/responses"):
        told = {"response.created": response("", "in_progress"), "response.completed": response(GOOD)}
        events = [{"type": type_, "response": one, "sequence_number": 0} for type_, one in told.items()]
        text = "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in events)
    else:
        choice = {"index": 0, "delta": {"content": GOOD}, "finish_reason": "stop"}
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        text = f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n"
    return httpx2.Response(200, text=text, headers={"content-type": "text/event-stream"})


def _answered(api: OpenAi) -> object:
    return api.answer(Words, model="m", instructions="i", text="t").content


def _written(api: OpenAi) -> object:
    list(api.streamed(Words, model="m", instructions="i", text="t", seconds=60))
    return Words(words=["a"])


ways = pytest.mark.parametrize("ask", [_answered, _written])


@ways
@pytest.mark.parametrize("dialect", ["responses", "chat-completions"])
@pytest.mark.parametrize("url", [OURS, THEIRS])
def test_what_is_sent_says_that_nothing_is_kept(ask: Callable[[OpenAi], object], dialect: Dialect, url: str) -> None:
    server = Recording()
    ask(server.api(dialect, url))
    assert [body["store"] for body in server.bodies] == [False]


GOOGLE = [
    {"error": {"code": 400, "message": 'Invalid JSON payload received. Unknown name "store": Cannot find field.'}}
]
MISTRAL = {"detail": [{"type": "extra_forbidden", "loc": ["body", "store"], "msg": "Extra inputs are not permitted"}]}
LITELLM = {"error": {"message": "store: Extra inputs are not permitted", "type": "invalid_request_error"}}
OTHER = {"error": {"message": "the model m does not exist", "code": "model_not_found"}}


@ways
@pytest.mark.parametrize(("status", "said"), [(400, GOOGLE), (422, MISTRAL), (400, LITELLM)])
def test_a_compatible_server_that_does_not_know_the_field_is_asked_once_more_without_it(
    ask: Callable[[OpenAi], object], status: int, said: object
) -> None:
    server = Recording(httpx2.Response(status, json=said))
    api = server.api("chat-completions", THEIRS)
    for _ in range(2):
        assert ask(api) == Words(words=["a"])
    assert ["store" in body for body in server.bodies] == [True, False, False]


@ways
@pytest.mark.parametrize(
    ("dialect", "url", "said"),
    [
        ("chat-completions", OURS, LITELLM),
        ("chat-completions", "https://eu.api.openai.com/v1", LITELLM),
        ("responses", THEIRS, LITELLM),
        ("chat-completions", THEIRS, OTHER),
    ],
)
def test_openai_itself_is_never_asked_without_it_and_no_other_refusal_takes_it_away(
    ask: Callable[[OpenAi], object], dialect: Dialect, url: str, said: object
) -> None:
    server = Recording(httpx2.Response(400, json=said))
    with pytest.raises(DeadLetter):
        ask(server.api(dialect, url))
    assert [body["store"] for body in server.bodies] == [False]
