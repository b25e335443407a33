"""The company's search index: which segments of its notes say what is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Hit:
    """A stretch of a note: its segments `first` to `last` (positions in the note, both inclusive); best score first."""

    message_id: str
    first: int
    last: int
    score: float


class SegmentIndexes:
    """The indexes of all companies; every method needs the company and touches nothing of another's."""

    def search(self, company_id: str, question: str, scope: Scope = Scope(), limit: int = 10) -> list[Hit]:
        """The stretches that answer the question best, best first; raises RetryLater when S3 does not answer."""
        raise NotImplementedError

    def version(self, company_id: str) -> str:
        """Changes whenever the company's index does; empty while it has none."""
        raise NotImplementedError

    def change(self, company_id: str, add: Sequence[IndexedNote], remove: Sequence[str] = ()) -> None:
        """Adds notes (replacing those of the same id) and removes notes by message id, in one write.

        For one writer a company at a time; raises Conflict (a RetryLater) when another wrote meanwhile.
        """
        raise NotImplementedError
