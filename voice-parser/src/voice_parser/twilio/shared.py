"""The words of a shared place or contact, so that it has a title and can be found like any other note.

Such a note is filed under `other`: it has no summary and no key points, which a knowledge document needs, and no model
is asked to invent them. Search and retention treat all intents in the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ai_voice_shared.artifacts import tag_from
from ai_voice_shared.intents import Other
from voice_parser.replying.clusters import shortened
from voice_parser.twilio.vcards import contacts
from voice_parser.understanding.understanding import Analysis
from voice_parser.visible_text import on_one_line

KINDS = ("location", "contact")
ENGINE = "none"

_TITLE_LENGTH = 100
_LONGEST_TEXT = 100_000
"""UTF-16 units; a phone's whole address book is less. The file itself is kept whole."""

_NAMED = 3
"""Contacts whose names are in the title."""


@dataclass(frozen=True)
class Shared:
    """A place, or contacts.

    Attributes:
        title: one line; empty if the file has no contact.
        text: a line for the place and for each contact, so that each number is next to its name.
        phrase: the reply to the sender, with `{title}`.
    """

    title: str
    text: str
    phrase: str

    def analysis(self, language: str) -> Analysis:
        """The note for it; `language` (BCP 47) is the language of the reply."""
        note = Other(intent="other", title=self.title, tag=tag_from(self.title, "shared"))
        return Analysis(language=language, note=note, engine=ENGINE)


def place(location: dict[str, str]) -> Shared:
    """The place in Twilio's parameters: its name or its address, otherwise its degrees."""
    parts = {name: " ".join(value.split()) for name, value in location.items()}
    degrees = ", ".join(parts[name] for name in ("Latitude", "Longitude") if name in parts)
    told = dict.fromkeys(part for part in (parts.get("Label"), parts.get("Address"), degrees) if part)
    return Shared(on_one_line(next(iter(told)), _TITLE_LENGTH), ", ".join(told), "kept_place")


def people(files: Sequence[bytes]) -> Shared:
    """The contacts of vCard files."""
    found = [contact for content in files for contact in contacts(content)]
    names = list(dict.fromkeys(contact.name for contact in found))
    more = f" (+{len(names) - _NAMED})" if len(names) > _NAMED else ""
    title = on_one_line(", ".join(names[:_NAMED]), _TITLE_LENGTH - len(more)) + more
    return Shared(title, shortened("\n".join(contact.line for contact in found), _LONGEST_TEXT), "kept_contact")
