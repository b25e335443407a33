"""Every way in which a call to OpenAI can fail, for every call: tried again, or refused with the true reason."""

import gzip
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from pydantic import BaseModel
from support.openai_server import response
from support.raw_server import answer, answering

from ai_voice_shared.errors import DeadLetter, RetryLater, Wait
from ai_voice_shared.openai.api import OpenAi
from ai_voice_shared.openai.chat_completions import ChatCompletions
from ai_voice_shared.openai.unknown_fields import KnownFields

REFUSED = {400, 401, 402, 403, 404, 405, 410, 413, 415, 422, 451}
PAGE = b"<!DOCTYPE html><html><body>Sign in to the network</body></html>"


class Words(BaseModel):
    """A schema."""

    words: list[str]


class Server:
    """Answers as it is told."""

    def __init__(self) -> None:
        self.status, self.body, self.headers = 200, b"", {"content-type": "application/json"}
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        return httpx2.Response(self.status, content=self.body, headers=self.headers)

    def says(self, body: object, status: int = 200, **headers: str) -> None:
        self.status = status
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.headers = {"content-type": "application/json"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }


type Call = Callable[[OpenAi], object]


def transcribe(model: str) -> Call:
    return lambda api: api.transcribe(b"OggS", model=model)


def ask(api: OpenAi) -> object:
    return api.answer(Words, model="m", instructions="i", text="t")


def stream(api: OpenAi) -> object:
    return list(api.streamed(Words, model="m", instructions="i", text="t", seconds=60))


def embed(api: OpenAi) -> object:
    return api.embed(["a"], model="m", dimensions=2)


def of_chat(call: Call) -> Call:
    def with_chat(api: OpenAi) -> object:
        api._asking = ChatCompletions(api._client, KnownFields(), strict=False)  # noqa: SLF001 - the same server, in its other dialect
        return call(api)

    return with_chat


CALLS: dict[str, Call] = {
    "transcribe, json": transcribe("gpt-transcribe"),
    "transcribe, verbose_json": transcribe("whisper-1"),
    "transcribe, diarized_json": transcribe("gpt-4o-transcribe-diarize"),
    "answer, responses": ask,
    "answer, chat completions": of_chat(ask),
    "stream, responses": stream,
    "stream, chat completions": of_chat(stream),
    "embed": embed,
}

each_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def api(server: Server) -> OpenAi:
    return OpenAi("sk-test", "https://models.example/v1", "responses", httpx2.MockTransport(server))


def failure_of(call: Call, api: OpenAi) -> Exception:
    with pytest.raises((RetryLater, DeadLetter)) as raised:
        call(api)
    return raised.value


@each_call
def test_every_status_is_tried_again_but_the_refusals_of_the_table(server: Server, api: OpenAi, call: Call) -> None:
    for status in (*range(100, 200), *range(300, 600)):
        server.says({"error": {"code": "some_code", "message": "no"}}, status)
        failure = failure_of(call, api)
        assert isinstance(failure, DeadLetter) == (status in REFUSED), status
        assert isinstance(failure, Wait) == (status == 429), status
        assert f"OpenAI answered {status}" in str(failure)
    assert len(server.requests) == 400  # the SDK tries nothing again by itself


@each_call
def test_a_page_is_tried_again_whatever_its_status(server: Server, api: OpenAi, call: Call) -> None:
    for status in range(100, 600):
        server.says(PAGE, status, content_type="text/html")
        failure = failure_of(call, api)
        assert isinstance(failure, RetryLater)
        assert f"OpenAI answered {status}" in str(failure)
        assert "Sign in" not in str(failure)


@each_call
@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"3", b"{", b"{}", b'{"text": "cut', b"[" * 100_000, b"\xff\xfe", b'"a string"', PAGE],
    ids=["empty", "null", "list", "number", "brace", "object", "cut", "nested", "no UTF-8", "string", "page"],
)
@pytest.mark.parametrize("content_type", ["application/json", "text/html", "text/plain", "text/event-stream", ""])
def test_a_success_that_is_no_answer_is_tried_again(
    server: Server, api: OpenAi, call: Call, body: bytes, content_type: str
) -> None:
    server.says(body, content_type=content_type)
    assert isinstance(failure_of(call, api), RetryLater)


@each_call
@pytest.mark.parametrize("status", [201, 202, 203, 204, 205, 206, 226])
def test_a_success_of_another_kind_is_tried_again(server: Server, api: OpenAi, call: Call, status: int) -> None:
    server.says(b"", status)
    assert isinstance(failure_of(call, api), RetryLater)


@each_call
@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"code": "server_error", "message": "m"}, RetryLater),
        ({"code": 502, "message": "m"}, RetryLater),
        ({"type": "server_error", "code": None, "message": "m"}, RetryLater),
        ("the model is loading", RetryLater),
        ({"code": "rate_limit_exceeded", "message": "m"}, Wait),
        ({"code": "insufficient_quota", "message": "m"}, DeadLetter),
    ],
)
def test_a_success_that_tells_of_an_error_is_that_error(
    server: Server, api: OpenAi, call: Call, error: object, kind: type[Exception]
) -> None:
    content_type = "text/event-stream" if call in (stream, CALLS["stream, chat completions"]) else "application/json"
    body = json.dumps({"error": error})
    server.says(f"data: {body}\n\n".encode() if "event" in content_type else body.encode(), content_type=content_type)
    assert type(failure_of(call, api)) is kind


@each_call
def test_a_used_up_quota_is_refused_and_a_rate_limit_waits(server: Server, api: OpenAi, call: Call) -> None:
    for field in ("code", "type"):
        server.says({"error": {field: "insufficient_quota"}}, 429, retry_after="5")
        assert str(failure_of(call, api)).startswith("OpenAI answered 429 insufficient_quota")
        assert isinstance(failure_of(call, api), DeadLetter)
    for status in (429, 503):
        server.says({"error": {"code": "rate_limit_exceeded"}}, status, retry_after="5")
        failure = failure_of(call, api)
        assert isinstance(failure, Wait)
        assert failure.seconds == 5


@each_call
def test_what_people_said_is_not_sent_wherever_a_redirect_points(server: Server, api: OpenAi, call: Call) -> None:
    for status in (301, 302, 303, 307, 308):
        server.says(b"", status, location="https://elsewhere.example/login")
        assert isinstance(failure_of(call, api), RetryLater)
    assert {request.url.host for request in server.requests} == {"models.example"}


@each_call
def test_an_answer_that_never_ends_is_broken_off(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ai_voice_shared.openai.answers.LARGEST", 1000)

    def endless() -> Iterator[bytes]:
        while True:
            yield b" " * 400

    transport = httpx2.MockTransport(lambda _request: httpx2.Response(500, content=endless()))
    failure = failure_of(call, OpenAi("sk-test", "https://models.example/v1", "responses", transport))
    assert str(failure) == "OpenAI answered 500 with more than any of its answers"


BODY = json.dumps({"text": "Hello there."}).encode()
CUT = {
    "nothing": b"",
    "half a status": b"HTTP/1.1 20",
    "no HTTP": b"SSH-2.0-OpenSSH_9.9\r\n",
    "a body cut short": answer(BODY[:9], "Content-Type: application/json", f"Content-Length: {len(BODY)}"),
    "a chunk cut short": answer(b"1c\r\n" + BODY[:9], "Content-Type: application/json", "Transfer-Encoding: chunked"),
    "a body that ends with its connection": answer(BODY[:9], "Content-Type: application/json"),
    "broken compression": answer(b"no gzip", "Content-Encoding: gzip", "Content-Length: 7"),
    "compression cut short": answer(gzip.compress(BODY)[:20], "Content-Encoding: gzip", "Content-Length: 20"),
    "an unknown encoding": answer(BODY[::-1], "Content-Encoding: x-own", f"Content-Length: {len(BODY)}"),
    "a failure cut short": answer(b'{"err', "Content-Length: 99", status="401 Unauthorized"),
    "a stream cut short": answer(b'data: {"ty', "Content-Type: text/event-stream", "Transfer-Encoding: chunked"),
    "a stream without an end": answer(b"", "Content-Type: text/event-stream", "Content-Length: 0"),
}


@each_call
@pytest.mark.parametrize("sent", CUT.values(), ids=CUT)
def test_a_connection_that_ends_too_early_is_tried_again(call: Call, sent: bytes) -> None:
    with answering(sent) as path:
        api = OpenAi("sk-test", "http://models.example/v1", "responses", httpx2.HTTPTransport(uds=path))
        assert isinstance(failure_of(call, api), RetryLater)


CREATED = {"type": "response.created", "sequence_number": 0, "response": response("", "in_progress")}


def chunk(content: str, finish_reason: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": {"content": content}, "finish_reason": finish_reason}
    return {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}


def failed(code: str) -> dict[str, Any]:
    told = response("", "failed") | {"error": {"code": code, "message": "m"}}
    return {"type": "response.failed", "sequence_number": 1, "response": told}


@pytest.mark.parametrize(
    ("call", "events", "kind"),
    [
        ("stream, responses", [CREATED], RetryLater),
        ("stream, responses", [CREATED, failed("server_error")], RetryLater),
        ("stream, responses", [CREATED, failed("rate_limit_exceeded")], Wait),
        ("stream, responses", [CREATED, {"type": "error", "code": "server_error", "message": "m"}], RetryLater),
        ("stream, responses", [failed("server_error")], RetryLater),
        ("stream, responses", [{"no": "type"}], RetryLater),
        ("stream, responses", [3], RetryLater),
        ("stream, chat completions", [chunk('{"words"')], RetryLater),
        ("stream, chat completions", [chunk(""), {"error": {"code": "server_error"}}], RetryLater),
        ("stream, chat completions", [{"choices": None}], RetryLater),
        ("stream, chat completions", [{"choices": [{}]}], RetryLater),
        ("stream, chat completions", [3], RetryLater),
    ],
)
def test_a_stream_that_breaks_off_is_no_answer(
    server: Server, api: OpenAi, call: str, events: list[object], kind: type[Exception]
) -> None:
    body = "".join(f"event: {_name(event)}\ndata: {json.dumps(event)}\n\n" for event in events)
    server.says(body.encode(), content_type="text/event-stream")
    assert type(failure_of(CALLS[call], api)) is kind


def _name(event: object) -> str:
    return str(event.get("type", "message")) if isinstance(event, dict) else "message"


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"status": "failed", "error": {"code": "server_error", "message": "m"}}, RetryLater),
        ({"status": "failed", "error": {"code": "rate_limit_exceeded", "message": "m"}}, Wait),
        ({"status": "cancelled"}, RetryLater),
        ({"status": "in_progress"}, RetryLater),
        ({"output": None}, RetryLater),
        ({"output": [{"type": "message", "content": 3}]}, RetryLater),
    ],
)
def test_a_model_that_failed_did_not_give_an_unusable_answer(
    server: Server, api: OpenAi, told: dict[str, Any], kind: type[Exception]
) -> None:
    server.says(response("", "failed", tokens=(100, 20)) | told)
    assert type(failure_of(ask, api)) is kind


def test_a_model_that_refuses_what_was_said_gave_an_unusable_answer(server: Server, api: OpenAi) -> None:
    server.says(response("", "failed") | {"error": {"code": "invalid_prompt", "message": "m"}})
    assert api.answer(Words, model="m", instructions="i", text="t").content is None


@pytest.mark.parametrize(
    "body",
    [
        {"text": None},
        {"text": 5},
        {"text": "a", "segments": [{"text": "a"}]},
        {"text": "a", "segments": [{"text": "a", "start": "soon", "end": 1}]},
        {"text": "a", "segments": [{"text": "a", "start": float("nan"), "end": 1}]},
        {"text": "a", "words": 3},
        {"text": "a", "languages": [{}]},
    ],
)
def test_a_transcript_that_is_not_as_documented_is_tried_again(server: Server, api: OpenAi, body: object) -> None:
    for call in ("transcribe, json", "transcribe, verbose_json", "transcribe, diarized_json"):
        server.says(body)
        assert str(failure_of(CALLS[call], api)) == "OpenAI's answer is not as documented"


@pytest.mark.parametrize(
    "data",
    [
        [],
        [{"index": 0, "embedding": [1.0, None]}],
        [{"index": 0, "embedding": "no base64"}],
        [{"index": 0, "embedding": "AAAA"}],
        [{"index": index, "embedding": [1.0, 0.0]} for index in range(2)],
    ],
)
def test_vectors_that_are_not_one_for_each_text_are_tried_again(server: Server, api: OpenAi, data: object) -> None:
    server.says({"object": "list", "model": "m", "data": data})
    assert isinstance(failure_of(embed, api), RetryLater)


def test_json_of_another_name_is_an_answer_all_the_same(server: Server, api: OpenAi) -> None:
    for content_type in ("text/plain", "text/json", "", "application/json; charset=utf-8"):
        server.says({"text": "Hello."}, content_type=content_type)
        assert api.transcribe(b"OggS", model="large-v3").text == "Hello."
