"""What the search index holds, what it is asked, and what it finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ai_voice_shared.domain import Segment


@dataclass(frozen=True)
class IndexedNote:
    """What the index holds of one note.

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
    """Which notes to search; empty fields do not restrict.

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
"""Restricts nothing."""


@dataclass(frozen=True)
class Hit:
    """A stretch of a note: its segments `first` to `last` (positions in the note, both inclusive); best score first.

    Attributes:
        compounds: of the question's words, and parts of those that no note has, which were looked for, too; as
            `search.words` makes words comparable.
        near: words of the question that no note has, where the hit may have words that look like them.
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
    """Makes vectors of texts; vectors of embedders with different names do not mix."""

    @property
    def name(self) -> str:
        """The engine and its model."""
        ...

    def embed(self, texts: Sequence[str]) -> TextVectors:
        """A vector of 384 dimensions for each text; raises RetryLater or DeadLetter."""
        ...
