"""The only `import openai`: its timeouts, its failures as ours, and what its models differ in."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

import openai
from openai.types.audio import Transcription, TranscriptionDiarized, TranscriptionVerbose
from pydantic import BaseModel, ValidationError

from ai_voice_shared.domain import Heard, Segment
from ai_voice_shared.errors import DeadLetter, RetryLater, UnusableAnswer

if TYPE_CHECKING:
    import httpx2

type _Upload = tuple[str, bytes, str]
type Dialect = Literal["responses", "chat-completions"]
"""OpenAI speaks both; most compatible servers only the second."""

SECONDS = 60.0
"""For one answer: far below the worker's time, far above what a window or a note takes."""

_RETRYABLE = frozenset({408, 409, 429, 500, 502, 503, 504})
_NOT_IN_A_KEYWORD = str.maketrans(dict.fromkeys("<>\r\n", " "))


class OpenAi:
    """OpenAI, or any server that speaks its API."""

    def __init__(
        self,
        api_key: str,
        base_url: str | None = None,
        dialect: Dialect = "responses",
        transport: "httpx2.BaseTransport | None" = None,
    ) -> None:
        http = openai.DefaultHttpxClient(transport=transport) if transport else None
        self._client = openai.OpenAI(
            api_key=api_key, base_url=base_url, timeout=SECONDS, max_retries=0, http_client=http
        )
        self._dialect = dialect

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
        return Heard(answer.text.strip(), answer.languages[0].code if answer.languages else None)

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
            language=_only(languages),
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
            languages=(list(languages) or openai.omit) if new else openai.omit,
            keywords=(listed or openai.omit) if new else openai.omit,
            language=openai.omit if new else _only(languages),
            prompt=openai.omit if new else (", ".join(keywords) or openai.omit),
        )

    def answer[T: BaseModel](self, schema: type[T], *, model: str, instructions: str, text: str) -> T:
        """The model's answer in the schema; raises UnusableAnswer, RetryLater or DeadLetter."""
        ask = self._responses if self._dialect == "responses" else self._chat_completions
        with openai_failures():
            try:
                parsed = ask(schema, model, instructions, text)
            except (ValidationError, openai.LengthFinishReasonError, openai.ContentFilterFinishReasonError) as error:
                raise UnusableAnswer(type(error).__name__) from None
        if parsed is None:
            raise UnusableAnswer("the model refused")
        return parsed

    def streamed(
        self, schema: type[BaseModel], *, model: str, instructions: str, text: str, seconds: float
    ) -> Iterator[str]:
        """The model's answer in the schema, as JSON, piece by piece; raises RetryLater after so many seconds."""
        deadline = time.monotonic() + seconds
        with openai_failures():
            for piece in self._pieces(schema, model, instructions, text):
                yield piece
                if time.monotonic() > deadline:
                    raise RetryLater("the answer took too long")

    def embed(self, texts: Sequence[str], *, model: str, dimensions: int) -> list[list[float]]:
        """A vector for each text; raises RetryLater or DeadLetter."""
        with openai_failures():
            answer = self._client.embeddings.create(input=list(texts), model=model, dimensions=dimensions)
        return [one.embedding for one in sorted(answer.data, key=lambda one: one.index)]

    def _pieces(self, schema: type[BaseModel], model: str, instructions: str, text: str) -> Iterator[str]:
        if self._dialect == "responses":
            with self._client.responses.stream(
                model=model, instructions=instructions, input=text, text_format=schema
            ) as events:
                yield from (event.delta for event in events if event.type == "response.output_text.delta")
        else:
            with self._client.chat.completions.stream(
                model=model,
                messages=[{"role": "system", "content": instructions}, {"role": "user", "content": text}],
                response_format=schema,
            ) as chunks:
                yield from (chunk.delta for chunk in chunks if chunk.type == "content.delta")

    def _responses[T: BaseModel](self, schema: type[T], model: str, instructions: str, text: str) -> T | None:
        return self._client.responses.parse(
            model=model, instructions=instructions, input=text, text_format=schema
        ).output_parsed

    def _chat_completions[T: BaseModel](self, schema: type[T], model: str, instructions: str, text: str) -> T | None:
        completion = self._client.chat.completions.parse(
            model=model,
            messages=[{"role": "system", "content": instructions}, {"role": "user", "content": text}],
            response_format=schema,
        )
        return completion.choices[0].message.parsed


@contextmanager
def openai_failures() -> Iterator[None]:
    """Turns OpenAI's failures into ours: what a later try may mend is RetryLater, the rest DeadLetter.

    Its SDK retries an exhausted quota like any 429, which is pointless; so it retries nothing and the queue does.
    """
    try:
        yield
    except openai.APIConnectionError as error:
        raise RetryLater("OpenAI unreachable") from error
    except openai.APIStatusError as error:
        if error.code != "insufficient_quota" and error.status_code in _RETRYABLE:
            raise RetryLater(f"OpenAI answered {error.status_code}") from error
        raise DeadLetter(f"OpenAI answered {error.status_code} {error.code or ''}".strip()) from error


def _only(languages: tuple[str, ...]) -> str | openai.Omit:
    return languages[0] if len(languages) == 1 else openai.omit


def _verbose(answer: TranscriptionVerbose) -> Heard:
    words = tuple(Segment(word.start, word.end, word.word.strip()) for word in answer.words or [])
    segments = tuple(Segment(part.start, part.end, part.text.strip()) for part in answer.segments or [])
    return Heard(answer.text.strip(), answer.language, words, segments)


def _diarized(answer: TranscriptionDiarized) -> Heard:
    segments = tuple(Segment(part.start, part.end, part.text.strip(), part.speaker) for part in answer.segments)
    return Heard(answer.text.strip(), None, (), segments)
