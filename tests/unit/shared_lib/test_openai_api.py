"""What we ask of OpenAI's API, and how we read its answers, through its own SDK."""

import json
from collections.abc import Callable
from datetime import timedelta
from email.parser import BytesParser
from email.utils import format_datetime
from typing import Any

import httpx2
import pytest
from pydantic import BaseModel
from support.openai_server import response

from ai_voice_shared.domain import Scores, Segment, Tokens, now
from ai_voice_shared.engines.embedders.openai import OpenAiEmbedder
from ai_voice_shared.errors import DeadLetter, RetryLater, Wait
from ai_voice_shared.openai import rate_limits
from ai_voice_shared.openai.api import Dialect, OpenAi

SEGMENT = {
    "id": 0,
    "start": 0.5,
    "end": 2.0,
    "text": " Hello there.",
    "speaker": "A",
    "type": "transcript.text.segment",
}


class Words(BaseModel):
    """A schema."""

    words: list[str]


class Server:
    """Answers every request alike and remembers them."""

    def __init__(self, answer: Callable[[httpx2.Request], httpx2.Response]) -> None:
        self._answer = answer
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        self.requests.append(request)
        return self._answer(request)

    def api(self, dialect: Dialect = "responses") -> OpenAi:
        """Our adapter on this server."""
        return OpenAi("sk-test", "https://models.example/v1", dialect, httpx2.MockTransport(self))

    def form(self) -> dict[str, list[str]]:
        """The last request's form fields; a file by its name."""
        request = self.requests[-1]
        head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
        fields: dict[str, list[str]] = {}
        for part in BytesParser().parsebytes(head + request.content).get_payload():
            assert not isinstance(part, str)
            name = str(part.get_param("name", header="content-disposition"))
            value = part.get_filename() or str(part.get_payload()).strip()
            fields.setdefault(name, []).append(value)
        return fields


def says(body: dict[str, Any], status: int = 200) -> Server:
    return Server(lambda _request: httpx2.Response(status, json=body))


def test_gpt_transcribe_gets_lists_of_languages_and_clean_keywords() -> None:
    server = says({"text": " Hello there. ", "languages": [{"code": "en"}]})
    heard = server.api().transcribe(
        b"OggS", model="gpt-transcribe", languages=("en", "de"), keywords=("Elm <Street>", "a\nb", " ")
    )
    assert (heard.text, heard.language, heard.words, heard.segments) == ("Hello there.", "en", (), ())
    form = server.form()
    assert form["languages[]"] == ["en", "de"]
    assert form["keywords[]"] == ["Elm  Street", "a b"]
    assert form["file"] == ["note.ogg"]
    assert "language" not in form
    assert "prompt" not in form


def test_whisper_tells_words_and_segments() -> None:
    word = {"word": "Hello", "start": 0.5, "end": 0.9}
    body = {"text": "Hello there.", "language": "english", "duration": 2.0, "words": [word], "segments": [SEGMENT]}
    server = says(body)
    heard = server.api().transcribe(b"OggS", model="whisper-1", languages=("en",), keywords=("Elm Street",))
    assert heard.words == (Segment(0.5, 0.9, "Hello"),)
    assert heard.segments == (Segment(0.5, 2.0, "Hello there."),)
    form = server.form()
    assert (form["language"], form["prompt"], form["response_format"]) == (["en"], ["Elm Street"], ["verbose_json"])


@pytest.mark.parametrize(
    ("said", "code"), [("german", "de"), ("Haitian Creole", "ht"), ("en", "en"), ("klingonese", None)]
)
def test_whispers_name_of_a_language_becomes_a_code(said: str, code: str | None) -> None:
    server = says({"text": "Hello there.", "language": said, "duration": 2.0, "words": [], "segments": [SEGMENT]})
    assert server.api().transcribe(b"OggS", model="whisper-1").language == code


@pytest.mark.parametrize(
    ("languages", "told"), [(("pt-BR", "pt-PT"), "pt"), (("de-AT",), "de"), (("zh-Hant",), "zh"), (("en_US",), "en")]
)
def test_every_model_is_told_the_language_without_its_region(languages: tuple[str, ...], told: str) -> None:
    for model, field in (("gpt-transcribe", "languages[]"), ("whisper-1", "language"), ("large-v3", "language")):
        server = says({"text": "Hello.", "language": "english", "duration": 2.0})
        server.api().transcribe(b"OggS", model=model, languages=languages)
        assert server.form()[field] == [told]


@pytest.mark.parametrize("model", ["gpt-transcribe", "whisper-1", "large-v3"])
def test_a_language_that_no_model_takes_is_not_told(model: str) -> None:
    server = says({"text": "Hello.", "language": "english", "duration": 2.0})
    server.api().transcribe(b"OggS", model=model, languages=("xx", "yue-HK"))
    assert not {"language", "languages[]"} & set(server.form())


def test_a_language_that_gpt_transcribe_names_becomes_a_code() -> None:
    server = says({"text": "Hello.", "languages": [{"code": "German"}]})
    assert server.api().transcribe(b"OggS", model="gpt-transcribe").language == "de"


def test_whisper_tells_how_sure_it_is_and_a_server_that_does_not_raises_no_doubt() -> None:
    sure = SEGMENT | {"no_speech_prob": 0.98, "avg_logprob": -1.2, "compression_ratio": 3}
    for part, scores in (
        (sure, Scores(0.98, -1.2, 3)),
        (SEGMENT, Scores()),
        (sure | {"avg_logprob": None}, Scores(0.98, 0.0, 3)),
    ):
        body = {"text": "Hello there.", "language": "english", "duration": 2.0, "segments": [part]}
        assert says(body).api().transcribe(b"OggS", model="whisper-1").scores == (scores,)


def test_diarization_tells_speakers_and_takes_no_prompt() -> None:
    server = says({"text": "Hello there.", "duration": 2.0, "task": "transcribe", "segments": [SEGMENT]})
    heard = server.api().transcribe(b"OggS", model="gpt-4o-transcribe-diarize", keywords=("Elm Street",))
    assert heard.segments == (Segment(0.5, 2.0, "Hello there.", "A"),)
    form = server.form()
    assert form["chunking_strategy"] == ["auto"]
    assert "prompt" not in form


def test_another_servers_model_gets_the_old_hints() -> None:
    server = says({"text": "Hello there."})
    server.api().transcribe(b"OggS", model="large-v3", languages=("de",), keywords=("Elm Street",))
    form = server.form()
    assert (form["language"], form["prompt"]) == (["de"], ["Elm Street"])
    assert "keywords[]" not in form


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (401, "invalid_api_key", DeadLetter),
        (404, "model_not_found", DeadLetter),
        (429, "insufficient_quota", DeadLetter),
        (429, "rate_limit_exceeded", RetryLater),
        (500, None, RetryLater),
        (503, None, RetryLater),
    ],
)
def test_failures_are_settled_by_what_a_retry_would_mend(status: int, code: str | None, error: type[Exception]) -> None:
    server = says({"error": {"code": code, "message": "no"}}, status)
    with pytest.raises(error, match=str(status)):
        server.api().transcribe(b"OggS", model="gpt-transcribe")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {}, 20),
        (429, {"Retry-After": "7"}, 7),
        (429, {"Retry-After": "0.2"}, 1),
        (429, {"Retry-After": "86400"}, 3600),
        (429, {"Retry-After": "soon"}, 20),
        (429, {"Retry-After": "9" * 5000}, 20),
        (429, {"X-RateLimit-Reset-Requests": "1s", "X-RateLimit-Reset-Tokens": "6m0s"}, 360),
        (429, {"x-ratelimit-reset-requests": "120ms"}, 1),
        (429, {"x-ratelimit-reset-tokens": "1m2.5s"}, 63),
        (429, {"x-ratelimit-reset-tokens": "?"}, 20),
        (429, {"retry-after": "3", "x-ratelimit-reset-tokens": "6m0s"}, 3),
        (503, {"retry-after": "30"}, 30),
    ],
)
def test_a_rate_limit_is_waited_for_as_long_as_the_answer_says(
    status: int, headers: dict[str, str], seconds: int
) -> None:
    server = Server(lambda _request: httpx2.Response(status, json={"error": {"code": "x"}}, headers=headers))
    with pytest.raises(Wait, match=str(status)) as raised:
        server.api().answer(Words, model="m", instructions="i", text="t")
    assert raised.value.seconds == seconds


def test_a_date_to_wait_for_may_have_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = now().replace(microsecond=0)
    monkeypatch.setattr(rate_limits, "now", lambda: moment)
    later, before = (format_datetime(moment + timedelta(seconds=seconds), usegmt=True) for seconds in (100, -100))
    assert rate_limits.seconds_to_wait({"Retry-After": later}) == 100
    assert rate_limits.seconds_to_wait({"Retry-After": before}) == 1


def test_an_outage_that_does_not_say_how_long_counts_as_an_attempt() -> None:
    with pytest.raises(RetryLater) as raised:
        says({"error": {}}, 503).api().answer(Words, model="m", instructions="i", text="t")
    assert not isinstance(raised.value, Wait)


def chat_completion(content: str, **more: Any) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
    return {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]} | more


GOOD, BAD = '{"words": ["a"]}', '{"words": 3}'
CHAT_USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


@pytest.mark.parametrize(
    ("dialect", "body", "tokens"),
    [
        ("responses", response(GOOD, tokens=(100, 20)), Tokens(100, 20)),
        ("chat-completions", chat_completion(GOOD, usage=CHAT_USAGE), Tokens(100, 20)),
        ("responses", response(GOOD), Tokens()),
        ("chat-completions", chat_completion(GOOD), Tokens()),
        ("chat-completions", chat_completion(GOOD, usage={"total_tokens": 7}), Tokens()),
        ("chat-completions", chat_completion(GOOD, usage={"prompt_tokens": -1}), Tokens()),
    ],
)
def test_an_answer_tells_what_it_cost(dialect: Dialect, body: dict[str, Any], tokens: Tokens) -> None:
    answered = says(body).api(dialect).answer(Words, model="m", instructions="i", text="t")
    assert (answered.content, answered.tokens) == (Words(words=["a"]), tokens)


@pytest.mark.parametrize(
    ("dialect", "body"),
    [
        ("responses", response(BAD, tokens=(100, 20))),
        ("responses", response("", "incomplete", tokens=(100, 20))),
        ("chat-completions", chat_completion(BAD, usage=CHAT_USAGE)),
        ("chat-completions", chat_completion("no json", usage=CHAT_USAGE)),
    ],
)
def test_an_answer_that_leaves_the_schema_twice_costs_what_both_cost(dialect: Dialect, body: dict[str, Any]) -> None:
    server = says(body)
    answered = server.api(dialect).answer(Words, model="m", instructions="i", text="t")
    assert (answered.content, answered.tokens) == (None, Tokens(200, 40))
    assert len(server.requests) == 2


def test_an_answer_that_was_cut_off_is_asked_for_again_in_fewer_words() -> None:
    choice = {"index": 0, "message": {"role": "assistant", "content": '{"words": ["a"'}, "finish_reason": "length"}
    bodies = [chat_completion("") | {"choices": [choice]}, chat_completion(GOOD)]
    server = Server(lambda _request: httpx2.Response(200, json=bodies.pop(0)))
    api = server.api("chat-completions")
    assert api.answer(Words, model="m", instructions="i", text="t").content == Words(words=["a"])
    told = [json.loads(request.content)["messages"][0]["content"] for request in server.requests]
    assert ["cut off" in one for one in told] == [False, True]


@pytest.mark.parametrize(("url", "seconds"), [("https://api.openai.com/v1", 60), ("http://models.example/v1", 240)])
def test_a_server_without_a_graphics_card_gets_more_time_than_openai(url: str, seconds: int) -> None:
    server = says(chat_completion(GOOD))
    api = OpenAi("sk-test", url, "chat-completions", httpx2.MockTransport(server))
    assert api.answer(Words, model="m", instructions="i", text="t").content
    assert server.requests[0].extensions["timeout"]["read"] == seconds


@pytest.mark.parametrize(
    ("url", "path"),
    [
        (None, "/v1/responses"),
        ("https://api.openai.com/v1", "/v1/responses"),
        ("https://eu.api.openai.com/v1", "/v1/responses"),
        ("http://localhost:11434/v1", "/v1/chat/completions"),
        ("https://openai.com.models.example/v1", "/v1/chat/completions"),
    ],
)
def test_openai_itself_is_asked_over_its_own_api_and_others_over_the_one_that_all_have(
    url: str | None, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    server = Server(
        lambda request: httpx2.Response(
            200, json=response(GOOD) if "responses" in request.url.path else chat_completion(GOOD)
        )
    )
    api = OpenAi("sk-test", url, transport=httpx2.MockTransport(server))
    assert api.answer(Words, model="m", instructions="i", text="t").content
    assert [request.url.path for request in server.requests] == [path]


def test_a_server_that_is_not_there_is_tried_again() -> None:
    def gone(_request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("no route")

    with pytest.raises(RetryLater, match="unreachable"):
        Server(gone).api().transcribe(b"OggS", model="gpt-transcribe")


def test_an_answer_arrives_piece_by_piece_from_the_responses_api() -> None:
    events = [{"type": "response.created", "sequence_number": 0, "response": response("", "in_progress")}]
    events += [
        {
            "type": "response.output_text.delta",
            "delta": piece,
            "item_id": "m",
            "output_index": 0,
            "content_index": 0,
            "logprobs": [],
            "sequence_number": number + 3,
        }
        for number, piece in enumerate(('{"words": ["a"', ', "b"]}'))
    ]
    item = {"id": "m", "type": "message", "role": "assistant", "status": "in_progress", "content": []}
    part = {"type": "output_text", "text": "", "annotations": []}
    added = {"type": "response.output_item.added", "output_index": 0, "item": item, "sequence_number": 1}
    opened = {"type": "response.content_part.added", "part": part, "item_id": "m", "output_index": 0}
    events[1:1] = [added, opened | {"content_index": 0, "sequence_number": 2}]
    whole = '{"words": ["a", "b"]}'
    done: dict[str, Any] = {"type": "response.completed", "sequence_number": 9, "response": response(whole)}
    assert _streamed([*events, done], "responses") == ['{"words": ["a"', ', "b"]}']
    done["response"] = response(whole, tokens=(100, 20))
    assert _streamed([*events, done], "responses") == ['{"words": ["a"', ', "b"]}', Tokens(100, 20)]


def test_an_answer_arrives_piece_by_piece_from_chat_completions() -> None:
    head = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    deltas = [{"role": "assistant", "content": '{"words": ["a"'}, {"content": ', "b"]}'}]
    events = [head | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas]
    events.append(head | {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    assert _streamed(events, "chat-completions") == ['{"words": ["a"', ', "b"]}']
    events.append(head | {"choices": [], "usage": CHAT_USAGE})
    assert _streamed(events, "chat-completions") == ['{"words": ["a"', ', "b"]}', Tokens(100, 20)]


def test_a_streamed_answer_that_leaves_the_schema_just_ends() -> None:
    head = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": BAD}, {}]
    reasons = (None, "length")
    events = [
        head | {"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}
        for delta, reason in zip(deltas, reasons, strict=True)
    ]
    assert _streamed(events, "chat-completions") == [BAD]


def test_an_answer_that_takes_too_long_is_given_up() -> None:
    head = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    events = [head | {"choices": [{"index": 0, "delta": {"content": "{"}, "finish_reason": None}]}] * 2
    with pytest.raises(RetryLater, match="too long"):
        _streamed(events, "chat-completions", seconds=-1.0)


def test_vectors_come_in_the_order_of_the_texts() -> None:
    data = [{"object": "embedding", "index": index, "embedding": [float(index)] * 2} for index in (1, 0)]
    body = {"object": "list", "model": "m", "data": data, "usage": {"prompt_tokens": 1, "total_tokens": 1}}
    server = says(body)
    embedded = server.api().embed(["a", "b"], model="text-embedding-3-small", dimensions=2)
    assert embedded.vectors == [[0.0, 0.0], [1.0, 1.0]]
    assert embedded.tokens == Tokens(1, 0)


def test_an_embedder_adds_up_what_its_calls_cost() -> None:
    def embed(request: httpx2.Request) -> httpx2.Response:
        texts = json.loads(request.content)["input"]
        data = [{"object": "embedding", "index": at, "embedding": [0.5]} for at in range(len(texts))]
        usage = {"prompt_tokens": 3 * len(texts), "total_tokens": 3 * len(texts)}
        return httpx2.Response(200, json={"object": "list", "model": "m", "data": data, "usage": usage})

    server = Server(embed)
    vectors = OpenAiEmbedder("m", server.api).embed([f"text {number}" for number in range(300)])
    assert (len(vectors.of_texts), vectors.tokens) == (300, 900)


@pytest.mark.parametrize(
    ("model", "asked"),
    [("text-embedding-3-small", 384), ("openai/text-embedding-3-large", 384), ("nomic-embed-text", None)],
)
def test_only_a_model_whose_vectors_may_be_cut_is_asked_for_a_length(model: str, asked: int | None) -> None:
    bodies: list[dict[str, Any]] = []

    def embed(request: httpx2.Request) -> httpx2.Response:
        bodies.append(json.loads(request.content))
        data = [{"object": "embedding", "index": 0, "embedding": [0.5] * 768}]
        return httpx2.Response(200, json={"object": "list", "model": model, "data": data})

    embedder = OpenAiEmbedder(model, Server(embed).api)
    (vector,) = embedder.embed(["a text"]).of_texts
    assert len(vector) == 768
    assert embedder.name == f"openai {model}"
    assert [body.get("dimensions") for body in bodies] == [asked]


def test_vectors_of_different_lengths_are_tried_again() -> None:
    data = [{"object": "embedding", "index": index, "embedding": [1.0] * (index + 2)} for index in (0, 1)]
    server = says({"object": "list", "model": "m", "data": data})
    with pytest.raises(RetryLater, match="one length"):
        OpenAiEmbedder("m", server.api).embed(["a", "b"])


def _streamed(events: list[dict[str, Any]], dialect: Dialect, seconds: float = 60.0) -> list[str | Tokens]:
    body = "".join(f"event: {event.get('type', 'message')}\ndata: {json.dumps(event)}\n\n" for event in events)
    headers = {"content-type": "text/event-stream"}
    server = Server(lambda _request: httpx2.Response(200, text=body + "data: [DONE]\n\n", headers=headers))
    api = server.api(dialect)
    pieces = api.streamed(Words, model="m", instructions="i", text="t", seconds=seconds)
    return [piece for piece in pieces if piece != ""]
