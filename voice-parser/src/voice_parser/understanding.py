"""What a note means: its intent, its tag, its structure; asked once, in a strict schema, in the note's language."""

from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

from ai_voice_shared.domain import NO_TOKENS, Company, Tokens, Transcript
from ai_voice_shared.intents import AnyIntent
from voice_parser.visible_text import on_one_line, visible

_TITLE_LENGTH = 60


class Understanding(BaseModel):
    """What the engine answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str = Field(description="The note's language as a BCP 47 code, e.g. en, pt-BR.")
    note: AnyIntent


class Understood(BaseModel):
    """An understanding with the engine that reached it."""

    model_config = ConfigDict(frozen=True)

    language: str
    note: AnyIntent
    engine: str
    certain: bool = True
    """False where the engine's answer was unusable and the note is kept as it is."""
    tokens: Tokens = NO_TOKENS
    """What the engine was asked for, all tries together."""


class Understander(Protocol):
    """An engine that understands notes."""

    def understand(self, transcript: Transcript, company: Company) -> Understood:
        """Understands the note; raises RetryLater or DeadLetter."""
        ...


def titled(understood: Understood, transcript: Transcript) -> Understood:
    """With the note's first words for a title that shows nothing, as an engine may answer."""
    if visible(understood.note.title):
        return understood
    title = on_one_line(transcript.full_text, _TITLE_LENGTH)
    return understood.model_copy(update={"note": understood.note.model_copy(update={"title": title})})
