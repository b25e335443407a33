"""What a server that speaks OpenAI's API can do with a model, found out by small questions; and what follows."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx

from ai_voice_operations.doctor.finding import Finding, fail, ok, warn

SECONDS = 180.0
"""For one answer: a server without a graphics card loads its model first."""

CHAT, RESPONSES = "/chat/completions", "/responses"
_NAMES = {CHAT: "Chat Completions", RESPONSES: "Responses"}
_DIALECTS = {"chat-completions": CHAT, "responses": RESPONSES}

_QUESTION = "Which city is the capital of France?"
_SCHEMA = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "country": {"type": "string"}},
    "required": ["city", "country"],
    "additionalProperties": False,
}
_STRICT = {"name": "Capital", "schema": _SCHEMA, "strict": True}
_IN_WORDS = f"Answer with one JSON object and nothing else, in this JSON schema:\n{json.dumps(_SCHEMA)}"
_AGAIN = f"Your last answer could not be used: fields are missing. {_IN_WORDS}"

_CODE_WORD = "heron"
_LINE = "The client wants the new boiler in the cellar, because the kitchen has no room for it."
_LONG = "\n".join([_LINE] * (40_000 // len(_LINE)) + ["What is the code word? Write this word alone."])
"""As long as the longest prompt for an answer. Some servers cut the beginning of a prompt, and say nothing (Ollama,
"Context length": 4,096 tokens with less than 24 GB of graphics memory); we tell a model there what to do."""

_API_WAITS = 18.0
"""Seconds that the data API waits for an answer's text; WhatsApp and the WebSocket wait longer."""

_CHECKED = "answers are checked, and asked for once more if they do not fit"
_AT_LAST = "what still does not fit falls back to rules"
_TEXTS = ("The pump leaks.", "The roof is new.")

type Body = dict[str, Any]


@dataclass(frozen=True)
class Server:
    """One server with its key."""

    base_url: str
    key: str
    http: httpx.Client
    clock: Callable[[], float] = time.monotonic

    def post(self, path: str, body: Body) -> httpx.Response:
        """Its answer, also if its model has no message of the system; raises httpx.HTTPError if there is none."""
        answer = self._send(path, body)
        if answer.status_code == httpx.codes.BAD_REQUEST and "messages" in body:
            again = self._send(path, _in_one_message(body))
            return again if again.is_success else answer
        return answer

    def _send(self, path: str, body: Body) -> httpx.Response:
        return self.http.post(
            f"{self.base_url}{path}", json=body, headers={"authorization": f"Bearer {self.key}"}, timeout=SECONDS
        )

    def streams(self, path: str, body: Body) -> bool:
        """Whether an answer comes as events."""
        answer = self.post(path, body | {"stream": True})
        return answer.is_success and any(line.startswith("data:") for line in answer.text.splitlines())


def of_language_model(server: Server, model: str, setting: str, dialect: str) -> Iterator[Finding]:
    """Which API it answers over, whether in a form that we ask for, piece by piece, and to a long question.

    `setting` names the parameters that choose the model, `dialect` is OpenAiDialect's value.
    """
    plain = {path: server.post(path, _body(path, model, "Answer.", {})) for path in (CHAT, RESPONSES)}
    there = [path for path in plain if plain[path].is_success and _said(plain[path])]
    asked = _DIALECTS.get(dialect) or next(iter(there), CHAT)
    if asked not in there:
        yield _no_answer(model, setting, plain[asked], there, dialect)
        return
    used = f"; {_NAMES[asked]} is used" if len(there) > 1 else ""
    yield ok(f"{model} answers over {' and '.join(_NAMES[path] for path in there)}{used}")
    yield _form(server, asked, model, setting)
    if server.streams(asked, _body(asked, model, "Answer.", {})):
        yield ok(f"{model} streams: an answer to a question appears while it is written")
    else:
        yield fail(f"{model} does not stream, and answers to questions need it", "set Answerer to extracts")
    yield _long(server, asked, model)


def of_embedding_model(server: Server, model: str, setting: str) -> Iterator[Finding]:
    """Whether it makes vectors, and how long they are."""
    answer = server.post("/embeddings", {"model": model, "input": list(_TEXTS)})
    lengths: list[int] = []
    with suppress(ValueError, KeyError, TypeError):
        lengths = [len(one["embedding"]) for one in answer.json()["data"]]
    if answer.is_success and len(lengths) == len(_TEXTS) and len(set(lengths)) == 1:
        yield ok(f"{model} makes vectors of {lengths[0]} numbers: notes are also found by what they mean")
    else:
        yield fail(
            f"{model} ({setting}) makes no vectors{_status(answer)}: notes could not be indexed",
            "name a model that does, or set Embedder to none",
        )


def _form(server: Server, path: str, model: str, setting: str) -> Finding:
    """How well it keeps to the form that is asked for."""
    ask = partial(_answer, server, path, model)
    with_schema = ask("Answer.", _format(path, "json_schema"))
    if _is_json(with_schema):
        return ok(f"{model} keeps to a schema: its answers are used as soon as they are checked")
    if _object_in(with_schema):
        return ok(f"{model} keeps to a schema, and writes more around it: only the answer is read")
    if _object_in(ask(_IN_WORDS, _format(path, "json_object"))):
        return warn(f"{model} keeps to no schema, but has JSON mode: {_CHECKED}", _AT_LAST)
    if _object_in(ask(_IN_WORDS, {})):
        return warn(f"{model} has neither schema nor JSON mode, but writes JSON when told to: {_CHECKED}", _AT_LAST)
    if _object_in(ask(_AGAIN, {})):
        return warn(f"{model} writes what is asked for only the second time: each answer takes twice as long", _AT_LAST)
    return fail(
        f"{model} does not write the JSON that it is asked for: rules and extracts would take its place",
        f"name a larger model: {setting}",
    )


def _long(server: Server, path: str, model: str) -> Finding:
    """Whether it reads a long prompt from its beginning, and how long that takes."""
    began = server.clock()
    try:
        answer = server.post(path, _body(path, model, f"The code word is {_CODE_WORD}.", {}, _LONG))
    except httpx.TimeoutException:
        return warn(f"{model} needs more than {SECONDS:g} s for a long question", "name a smaller model")
    seconds = server.clock() - began
    if _CODE_WORD not in _said(answer).casefold():
        return warn(
            f"{model} does not know the beginning of a long prompt{_status(answer)}: its answers may be wrong",
            "give it a context of 16,000 tokens (Ollama: OLLAMA_CONTEXT_LENGTH=16384), or name a larger model",
        )
    told = f"{model} reads a prompt of {len(_LONG):,} characters to its beginning, in {seconds:.0f} s"
    if seconds > _API_WAITS:
        return warn(f"{told}: POST /v1/ask waits {_API_WAITS:g} s", "ask by WhatsApp, or name a smaller model")
    return ok(told)


def _no_answer(model: str, setting: str, answer: httpx.Response, there: list[str], dialect: str) -> Finding:
    if there:
        other = next(name for name, path in _DIALECTS.items() if path == there[0])
        return fail(f"{model} does not answer over {dialect}{_status(answer)}", f"set OpenAiDialect to {other}")
    return fail(f"{model} ({setting}) does not answer{_status(answer)}", f"is it loaded? {_problem(answer)}")


def _answer(server: Server, path: str, model: str, instructions: str, form: Body) -> str:
    """What the model says; empty if the server refuses the form."""
    return _said(server.post(path, _body(path, model, instructions, form)))


def _body(path: str, model: str, instructions: str, form: Body, text: str = _QUESTION) -> Body:
    if path == RESPONSES:
        return {"model": model, "instructions": instructions, "input": text, **form}
    said = [{"role": "system", "content": instructions}, {"role": "user", "content": text}]
    return {"model": model, "messages": said, **form}


def _in_one_message(body: Body) -> Body:
    """The same for a model that has no message of the system, as the platform asks it."""
    said = "\n\n".join(message["content"] for message in body["messages"])
    return body | {"messages": [{"role": "user", "content": said}]}


def _format(path: str, kind: str) -> Body:
    """The field that asks for JSON, in the schema or in any."""
    strict = kind == "json_schema"
    if path == RESPONSES:
        return {"text": {"format": {"type": kind, **(_STRICT if strict else {})}}}
    return {"response_format": {"type": kind, **({"json_schema": _STRICT} if strict else {})}}


def _said(answer: httpx.Response) -> str:
    """The text of an answer in either dialect, also one that is told as a thought; empty if there is none."""
    with suppress(ValueError, KeyError, TypeError, IndexError, AttributeError):
        told = answer.json()
        if "choices" in told:
            message = told["choices"][0]["message"]
            return str(message["content"] or message.get("reasoning_content") or message.get("reasoning") or "")
        parts = [part for item in told["output"] for part in item.get("content") or []]
        return "".join(part.get("text", "") for part in parts)
    return ""


def _is_json(text: str) -> bool:
    with suppress(ValueError):
        return _fits(json.loads(text))
    return False


def _object_in(text: str) -> bool:
    """Whether an object in the schema stands anywhere in the text."""
    for start in (place for place, character in enumerate(text) if character == "{"):
        with suppress(ValueError):
            if _fits(json.JSONDecoder().raw_decode(text, start)[0]):
                return True
    return False


def _fits(found: object) -> bool:
    return isinstance(found, dict) and sorted(found) == _SCHEMA["required"]


def _status(answer: httpx.Response) -> str:
    return "" if answer.is_success else f" (status {answer.status_code})"


def _problem(answer: httpx.Response) -> str:
    """What the server says about a refusal, in one short line."""
    return " ".join(answer.text.split())[:120] if not answer.is_success else ""
