"""What a note means: its intent, its tag, its structure; asked once, in a strict schema, in the note's language."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field, create_model

from ai_voice_shared.domain import NO_TOKENS, Company, Segment, Tokens, Transcript
from ai_voice_shared.intents import AnyIntent, Intent
from ai_voice_shared.times import due_dates
from ai_voice_shared.times.zones import LocalTime
from voice_parser.visible_text import on_one_line

_TITLE_LENGTH = 60
_LONGEST_TITLE = 300
"""UTF-16 units."""

_LONGEST_TEXT = 150_000
"""Characters, three hours of speech: what is understood of one note, and what a language model takes at once."""


class Understanding(BaseModel):
    """What the engine answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str = Field(description="The note's language as a BCP 47 code, e.g. en, pt-BR.")
    note: AnyIntent


def understanding_as(kind: type[Intent] | None) -> type[Understanding]:
    """What the engine answers about a note of this kind; of any kind for None."""
    if kind is None:
        return Understanding
    return create_model("Understanding", __base__=Understanding, note=(kind, ...))


class Analysis(BaseModel):
    """An understanding, with its engine."""

    model_config = ConfigDict(frozen=True)

    language: str
    note: AnyIntent
    engine: str
    certain: bool = True
    """False if the engine's answers could not be used, and rules understood the note instead."""
    tokens: Tokens = NO_TOKENS
    """The cost of the engine, for all tries together."""


class Analyzer(Protocol):
    """An engine that understands notes."""

    def understand(
        self,
        transcript: Transcript,
        company: Company,
        received: LocalTime | None = None,
        kind: type[Intent] | None = None,
    ) -> Analysis:
        """Understands the note, as this kind where it is filed as one already; raises RetryLater or DeadLetter.

        `received` decides what "tomorrow" means. `dated` decides when something is due, whatever the engine answers.
        """
        ...


def titled(analysis: Analysis, transcript: Transcript) -> Analysis:
    """The note with a visible title. An engine may answer without one; then it is the note's first words."""
    given = analysis.note.title
    title = on_one_line(given, _LONGEST_TITLE) or on_one_line(transcript.full_text, _TITLE_LENGTH)
    if title == given:
        return analysis
    return analysis.model_copy(update={"note": analysis.note.model_copy(update={"title": title})})


def dated(analysis: Analysis, company: Company, received: LocalTime) -> Analysis:
    """The note with the day on which each thing to do is due, if its words name one, counted from its receipt."""
    note = due_dates.dated(analysis.note, received, analysis.language, company.languages)
    return analysis.model_copy(update={"note": note})


def readable(transcript: Transcript) -> Transcript:
    """The first part of the words, which is understood. All words are filed, indexed and found."""
    if len(transcript.full_text) <= _LONGEST_TEXT:
        return transcript
    caption = transcript.caption[:_LONGEST_TEXT]
    text = transcript.text[: _LONGEST_TEXT - len(caption)]
    return replace(transcript, caption=caption, text=text, segments=tuple(_first(transcript.segments)))


def _first(segments: Sequence[Segment]) -> Iterator[Segment]:
    room = _LONGEST_TEXT
    for segment in segments:
        if room <= 0:
            return
        yield replace(segment, text=segment.text[:room])
        room -= len(segment.text)
