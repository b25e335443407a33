"""The only `import openai`: its timeouts, its failures as ours, and what its models differ in."""

import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from typing import Any, Literal

import httpx2
import openai
from openai.types.audio import Transcription, TranscriptionDiarized, TranscriptionSegment, TranscriptionVerbose
from openai.types.responses import Response
from pydantic import BaseModel, ValidationError

from ai_voice_shared.domain import NO_TOKENS, Heard, Scores, Segment, Tokens
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.openai.answers import AS_EVENTS, NAME, KnowsNoStore, check, code_of, is_failed
from ai_voice_shared.openai.languages import hints, only
from ai_voice_shared.openai.token_counts import tokens_of
from ai_voice_shared.vendor_failures import given_up
from ai_voice_shared.words.languages import tag_of

type _Upload = tuple[str, bytes, str]
type Dialect = Literal["responses", "chat-completions"]
"""OpenAI speaks both; most compatible servers only the second."""

SECONDS = 60.0
"""For one answer: far below the worker's time, far above what a window or a note takes."""

_UNUSABLE = (ValidationError, openai.LengthFinishReasonError, openai.ContentFilterFinishReasonError)
"""What the SDK raises of an answer that left the schema."""

_STUMBLES = (AttributeError, IndexError, KeyError, RuntimeError, TypeError, ValueError)
"""What the SDK raises of an answer, or an event, that is none: it checks nothing that it reads."""

_BROKE_OFF = f"{NAME}'s answer broke off"
_UNTOLD = astuple(Scores())
_NOT_IN_A_KEYWORD = str.maketrans(dict.fromkeys("<>\r\n", " "))


@dataclass(frozen=True)
class Answered[T]:
    """What a model answered, and what that cost.

    Attributes:
        content: None where it left the schema or refused, which costs all the same.
    """

    content: T | None
    tokens: Tokens = NO_TOKENS


@dataclass(frozen=True)
class Embedded:
    """A vector for each text, and what they cost together."""

    vectors: list[list[float]]
    tokens: Tokens = NO_TOKENS


class OpenAi:
    """OpenAI, or any server that speaks its API.

    Every request that can be told so is not to be kept (`store`, 30 days or more without; OpenAI, "Data controls").
    """

    def __init__(
        self,
        api_key: str,
        base_url: str | None = None,
        dialect: Dialect = "responses",
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        hooks: dict[str, list[Any]] = {"response": [check]}
        # A redirect comes from somebody between: what people said is not sent wherever it points.
        http = openai.DefaultHttpxClient(transport=transport, event_hooks=hooks, follow_redirects=False)
        weakref.finalize(self, http.close)
        self._client = openai.OpenAI(
            api_key=api_key, base_url=base_url, timeout=SECONDS, max_retries=0, http_client=http
        )
        self._dialect = dialect
        self._store: Literal[False] | openai.Omit = False

    def transcribe(
        self, ogg: bytes, *, model: str, languages: tuple[str, ...] = (), keywords: tuple[str, ...] = ()
    ) -> Heard:
        """The speech of an Ogg/Opus recording of at most 25 MB; raises RetryLater or DeadLetter.

        The upload is always named `.ogg`: the same bytes named `.opus` are refused (OpenAI, "Speech to text").
        """
        upload = ("note.ogg", ogg, "audio/ogg")
        with openai_failures():
            if "diarize" in model:
                return _diarized(self._diarize(upload, model))
            if model.startswith("whisper"):
                return _verbose(self._transcribe_with_times(upload, model, languages, keywords))
            answer = self._transcribe_text(upload, model, languages, keywords)
        return Heard(answer.text.strip(), tag_of(answer.languages[0].code) if answer.languages else None)

    def _diarize(self, upload: _Upload, model: str) -> TranscriptionDiarized:
        return self._client.audio.transcriptions.create(
            file=upload, model=model, response_format="diarized_json", chunking_strategy="auto"
        )

    def _transcribe_with_times(
        self, upload: _Upload, model: str, languages: tuple[str, ...], keywords: tuple[str, ...]
    ) -> TranscriptionVerbose:
        return self._client.audio.transcriptions.create(
            file=upload,
            model=model,
            response_format="verbose_json",
            timestamp_granularities=["word", "segment"],
            language=only(languages) or openai.omit,
            prompt=", ".join(keywords) or openai.omit,
        )

    def _transcribe_text(
        self, upload: _Upload, model: str, languages: tuple[str, ...], keywords: tuple[str, ...]
    ) -> Transcription:
        """`gpt-transcribe` takes lists, never together with `language`; other models and servers know the old hints."""
        new = model.startswith("gpt-transcribe")
        listed = [word for keyword in keywords if (word := keyword.translate(_NOT_IN_A_KEYWORD).strip())]
        return self._client.audio.transcriptions.create(
            file=upload,
            model=model,
            response_format="json",
            languages=(hints(languages) or openai.omit) if new else openai.omit,
            keywords=(listed or openai.omit) if new else openai.omit,
            language=openai.omit if new else (only(languages) or openai.omit),
            prompt=openai.omit if new else (", ".join(keywords) or openai.omit),
        )

    def answer[T: BaseModel](self, schema: type[T], *, model: str, instructions: str, text: str) -> Answered[T]:
        """The model's answer in the schema; raises RetryLater or DeadLetter."""
        ask = self._responses if self._dialect == "responses" else self._chat_completions
        with openai_failures():
            try:
                return ask(schema, model, instructions, text)
            except KnowsNoStore:
                self._store = openai.omit
                return ask(schema, model, instructions, text)

    def streamed(
        self, schema: type[BaseModel], *, model: str, instructions: str, text: str, seconds: float
    ) -> Iterator[str | Tokens]:
        """The model's answer in the schema, as JSON, piece by piece, and once what it cost, where the server tells.

        Raises RetryLater after so many seconds, and for an answer that broke off: what was told of it may not be all.
        """
        deadline = time.monotonic() + seconds
        pieces = self._response_pieces if self._dialect == "responses" else self._completion_pieces
        with openai_failures(), suppress(*_UNUSABLE):  # what was written until then has been told
            try:
                yield from _until(deadline, pieces(schema, model, instructions, text))
            except KnowsNoStore:  # before the first piece
                self._store = openai.omit
                yield from _until(deadline, pieces(schema, model, instructions, text))

    def embed(self, texts: Sequence[str], *, model: str, dimensions: int) -> Embedded:
        """A vector for each text; raises RetryLater or DeadLetter."""
        with openai_failures():
            answer = self._client.embeddings.create(input=list(texts), model=model, dimensions=dimensions)
        vectors = [one.embedding for one in sorted(answer.data, key=lambda one: one.index)]
        if len(vectors) != len(texts):
            raise RetryLater(f"{NAME} told vectors for {len(vectors)} of {len(texts)} texts")
        return Embedded(vectors, tokens_of(answer))

    def _responses[T: BaseModel](self, schema: type[T], model: str, instructions: str, text: str) -> Answered[T]:
        raw = self._client.responses.with_raw_response.parse(
            model=model, instructions=instructions, input=text, text_format=schema, store=False
        )
        return _in_schema(lambda: raw.parse().output_parsed, schema, raw.http_response.json())

    def _chat_completions[T: BaseModel](self, schema: type[T], model: str, instructions: str, text: str) -> Answered[T]:
        raw = self._client.chat.completions.with_raw_response.parse(
            model=model,
            messages=[{"role": "system", "content": instructions}, {"role": "user", "content": text}],
            response_format=schema,
            store=self._store,
        )
        return _in_schema(lambda: raw.parse().choices[0].message.parsed, schema, raw.http_response.json())

    def _response_pieces(
        self, schema: type[BaseModel], model: str, instructions: str, text: str
    ) -> Iterator[str | Tokens]:
        with self._client.responses.stream(
            model=model,
            instructions=instructions,
            input=text,
            text_format=schema,
            store=False,
            extra_headers=AS_EVENTS,
        ) as events:
            for event in events:
                if event.type == "response.output_text.delta":
                    yield event.delta
                elif event.type in {"response.completed", "response.incomplete", "response.failed"}:
                    yield from _end(event.response)
                    return
        raise RetryLater(_BROKE_OFF)

    def _completion_pieces(
        self, schema: type[BaseModel], model: str, instructions: str, text: str
    ) -> Iterator[str | Tokens]:
        with self._client.chat.completions.stream(
            model=model,
            messages=[{"role": "system", "content": instructions}, {"role": "user", "content": text}],
            response_format=schema,
            store=self._store,
            stream_options={"include_usage": True},
            extra_headers=AS_EVENTS,
        ) as events:
            finished = False
            for event in events:
                if event.type == "content.delta":
                    yield event.delta
                elif event.type == "chunk":
                    finished = finished or any(choice.finish_reason for choice in event.chunk.choices)
                    if event.chunk.usage:
                        yield tokens_of(event.chunk)
        if not finished:
            raise RetryLater(_BROKE_OFF)


@contextmanager
def openai_failures() -> Iterator[None]:
    """Turns what the SDK raises into RetryLater or DeadLetter; an answer's status, and what it is, `check` settles.

    The SDK would retry an exhausted quota like any 429, which is pointless; so it retries nothing and the queue does.
    """
    try:
        yield
    except openai.APIConnectionError as error:
        raise RetryLater(f"{NAME} unreachable, or gone before the end") from error
    except openai.APIError as error:
        raise given_up(NAME, code_of(error.body)) from error
    except (httpx2.HTTPError, *_STUMBLES) as error:
        raise RetryLater(f"{NAME}'s answer is unreadable ({type(error).__name__})") from error


def _until[T](deadline: float, pieces: Iterator[T]) -> Iterator[T]:
    for piece in pieces:
        yield piece
        if time.monotonic() > deadline:
            raise RetryLater("the answer took too long")


def _end(response: Response) -> Iterator[Tokens]:
    """What a streamed answer cost; raises RetryLater or DeadLetter when it ended because OpenAI failed."""
    error = response.error.to_dict() if response.error else None
    if is_failed(error, ""):
        raise given_up(NAME, code_of(error))
    if response.usage:
        yield tokens_of(response)


def _in_schema[T: BaseModel](parse: Callable[[], object], schema: type[T], answer: object) -> Answered[T]:
    """What the SDK makes of the answer; its failures do not tell the usage, which the answer does."""
    try:
        content = parse()
    except _UNUSABLE:
        content = None
    return Answered(content if isinstance(content, schema) else None, tokens_of(answer))


def _verbose(answer: TranscriptionVerbose) -> Heard:
    words = tuple(Segment(word.start, word.end, word.word.strip()) for word in answer.words or [])
    segments = tuple(Segment(part.start, part.end, part.text.strip()) for part in answer.segments or [])
    scores = tuple(_scores(part) for part in answer.segments or [])
    return Heard(answer.text.strip(), tag_of(answer.language), words, segments, scores)


def _scores(part: TranscriptionSegment) -> Scores:
    """Compatible servers leave out some of them, or all, which the SDK lets pass."""
    told = (part.no_speech_prob, part.avg_logprob, part.compression_ratio)
    return Scores(*(one if isinstance(one, int | float) else usual for one, usual in zip(told, _UNTOLD, strict=True)))


def _diarized(answer: TranscriptionDiarized) -> Heard:
    segments = tuple(Segment(part.start, part.end, part.text.strip(), part.speaker) for part in answer.segments)
    return Heard(answer.text.strip(), None, (), segments)
