"""What an extract is: one sentence of a note, or two that belong together, exactly as the note has them."""

from dataclasses import dataclass

from ai_voice_shared.answering.passages import Found
from ai_voice_shared.answering.quotes import Place

ENGINE = "extracts"


@dataclass(frozen=True)
class Part:
    """A part of a segment's text; `place` is in characters of that text."""

    one: Found
    place: Place

    @property
    def text(self) -> str:
        """As it stands in the segment."""
        return self.one.segment.text[self.place.start : self.place.end]


@dataclass(frozen=True)
class Extract:
    """Parts of one note in their order.

    Attributes:
        sayer: the name of who said it, if that may be what is asked for; mostly empty.
    """

    parts: tuple[Part, ...]
    sayer: str = ""

    @property
    def text(self) -> str:
        """All parts, with a space between two."""
        return " ".join(part.text for part in self.parts)


def whole(one: Found) -> Extract:
    """The whole segment."""
    return Extract((Part(one, Place(0, len(one.segment.text))),))
