"""What the search index holds, how it is asked, and what it finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ai_voice_shared.domain import Segment


@dataclass(frozen=True)
class IndexedNote:
    """One note in the index.

    Attributes:
        sender: the customer id of its sender.
        sender_name: in the text that is searched, unless a segment names its own speaker.
        received_at: ISO 8601, UTC.
        language: BCP 47; decides the stemming; empty when unknown.
    """

    message_id: str
    intent: str
    sender: str
    sender_name: str
    received_at: str
    language: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Scope:
    """Which notes to search; empty fields do not limit.

    Attributes:
        since: ISO 8601, UTC, inclusive.
        until: ISO 8601, UTC, exclusive.
        notes: message ids.
    """

    intent: str = ""
    sender: str = ""
    since: str = ""
    until: str = ""
    notes: tuple[str, ...] = ()


EVERYWHERE = Scope()
"""All notes."""


@dataclass(frozen=True)
class Hit:
    """A passage of a note: its segments `first` to `last` (positions in the note, both inclusive).

    Attributes:
        compounds: compounds of the question's words, and parts of words that no note has, which were also searched, in
            the form of `search.words`.
        near: words of the question that no note has; the hit may have similar words.
    """

    message_id: str
    first: int
    last: int
    score: float
    compounds: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextVectors:
    """A vector for each text, and how many tokens were read to make them, as the engine says; 0 where it does not."""

    of_texts: list[list[float]]
    tokens: int = 0


class Embedder(Protocol):
    """Makes vectors of texts. Vectors of embedders with different names, or of different lengths, cannot be mixed."""

    @property
    def name(self) -> str:
        """The engine and its model."""
        ...

    def embed(self, texts: Sequence[str]) -> TextVectors:
        """A vector for each text, all of one length; raises RetryLater or DeadLetter."""
        ...
