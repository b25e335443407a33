"""What a sender is told: a text, and perhaps a choice below it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Saying:
    """One reply.

    Attributes:
        choice: of `ai_voice_shared.correcting.quick_replies`; empty for none.
        language: of the choice (BCP 47).
    """

    text: str
    choice: str = ""
    language: str = ""
