"""Checks OpenAI's answers before its SDK reads them, because the SDK accepts anything as an answer."""

import json
from collections.abc import Iterator
from typing import Any, cast

import httpx2
from pydantic import BaseModel, Field, FiniteFloat, ValidationError

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.openai.unknown_fields import UnknownField, unknown_field
from ai_voice_shared.vendor_failures import given_up, is_page, passing, refusal, safe_code

NAME = "OpenAI"

AS_EVENTS = {"accept": "text/event-stream"}
"""Headers of a request whose answer is streamed."""

LARGEST = 64_000_000
"""Bytes; the largest possible answer, 256 vectors of 3072 numbers, takes 17 MB."""

_REFUSED = frozenset({"invalid_prompt", "bio_policy", "misalignment_policy_violation"})
"""Codes of a failed answer that are about the words: the same words fail again (openai SDK, `ResponseError`)."""


class _Language(BaseModel):
    code: str


class _Word(BaseModel):
    word: str
    start: FiniteFloat
    end: FiniteFloat


class _Segment(BaseModel):
    text: str
    start: FiniteFloat
    end: FiniteFloat


class _Transcription(BaseModel):
    text: str
    language: str | None = None
    languages: list[_Language] | None = None
    words: list[_Word] | None = None
    segments: list[_Segment] | None = None


class _Response(BaseModel):
    output: list[dict[str, Any]]


class _Choice(BaseModel):
    message: dict[str, Any]


class _Completion(BaseModel):
    choices: list[_Choice] = Field(min_length=1)


class _Vector(BaseModel):
    index: int
    embedding: str | list[FiniteFloat]


class _Vectors(BaseModel):
    data: list[_Vector]


_SHAPES: dict[str, type[BaseModel]] = {
    "/audio/transcriptions": _Transcription,
    "/responses": _Response,
    "/chat/completions": _Completion,
    "/embeddings": _Vectors,
}
"""The fields of an answer that we read, by the end of the path. Compatible servers leave out many others."""


def check(answer: httpx2.Response) -> None:
    """A hook on every answer: raises RetryLater (or Wait, which is one) or DeadLetter if the answer cannot be used.

    It does not check a stream, except that it is not a page.
    """
    asked_for_events = answer.request.headers.get("accept") == AS_EVENTS["accept"]
    if asked_for_events and answer.is_success and not is_page(answer.headers.get("content-type", ""), b""):
        return
    body = _read(answer)
    if not answer.is_success and (field := unknown_field(answer.request, answer.status_code, body)):
        raise UnknownField(f"{NAME} answered {answer.status_code}: it does not know the field {field}", field)
    said = _object(body)
    error = None if said is None else said.get("error")
    code = code_of(error)
    if later := passing(NAME, answer.status_code, answer.headers, own=said is not None, code=code):
        raise later
    if not answer.is_success:
        raise refusal(NAME, answer.status_code, code)
    if is_failed(error, str((said or {}).get("status", ""))):
        raise given_up(NAME, code)
    _check_shape(answer.request.url.path, said)


def code_of(error: object) -> str:
    """The code of OpenAI's error, or its type if it has no code; empty if it has neither."""
    fields = error if isinstance(error, dict) else {}
    return safe_code(str(fields.get("code") or fields.get("type") or ""))


def is_failed(error: object, status: str) -> bool:
    """Whether an answer that began well failed: it has an error, or was never completed.

    An answer that is refused because of the words, or cut at its limit (`incomplete`), counts as an answer.
    """
    return (bool(error) and code_of(error) not in _REFUSED) or status in {"cancelled", "in_progress", "queued"}


def _read(answer: httpx2.Response) -> bytes:
    answer.stream = _Bounded(answer)
    try:
        return answer.read()
    except httpx2.RequestError as error:
        raise RetryLater(f"{NAME} answered {answer.status_code}, but not to the end") from error


class _Bounded(httpx2.SyncByteStream):
    """An answer's bytes; it stops if there are more than any answer has."""

    def __init__(self, answer: httpx2.Response) -> None:
        self._status, self._stream = answer.status_code, cast("httpx2.SyncByteStream", answer.stream)

    def __iter__(self) -> Iterator[bytes]:
        left = LARGEST
        for chunk in self._stream:
            left -= len(chunk)
            if left < 0:
                raise RetryLater(f"{NAME} answered {self._status} with more than any of its answers")
            yield chunk

    def close(self) -> None:
        """As the stream inside."""
        self._stream.close()


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _check_shape(path: str, said: object) -> None:
    shape = next((shape for end, shape in _SHAPES.items() if path.endswith(end)), None)
    try:
        if shape:
            shape.model_validate(said)
    except ValidationError:  # quotes what was said
        raise RetryLater(f"{NAME}'s answer is not as documented") from None
