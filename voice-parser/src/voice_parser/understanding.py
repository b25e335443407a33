"""What a note means: its intent, its tag, its structure; asked once, in a strict schema, in the note's language."""

from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

from ai_voice_shared.domain import NO_TOKENS, Company, Tokens, Transcript
from ai_voice_shared.intents import AnyIntent


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
