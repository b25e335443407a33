"""How languages are written: BCP 47 tags and their primary subtags, whatever an engine or a person calls them."""

import re
from collections.abc import Iterable

from ai_voice_shared.words.language_names import CODES

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SCRIPT, _REGION = 4, 2
"""Letters of these subtags."""

_MONTH_FIRST = {"en-us": True, "en-ph": True, "en-ca": None, "fr-ca": None, "es-us": None}
"""Where dates begin with the month, or people write them both ways (Unicode CLDR); elsewhere the day is first."""

_OF_MANY_COUNTRIES = frozenset({"en", ""})
"""What tells nothing without a region."""


def primary(tag: str) -> str:
    """What a tag says of the language alone: `pt` of `pt-BR`."""
    return tag.replace("_", "-").split("-")[0].strip().casefold()


def tag_of(said: str | None) -> str | None:
    """The BCP 47 tag for what an engine or a person calls a language: `de` for "German", `pt-BR` for "pt_br".

    None for what is neither a name we know nor formed like a tag. Whether the tag is registered is not asked.
    """
    said = (said or "").strip()
    if code := CODES.get(said.casefold()):
        return code
    hyphened = said.replace("_", "-")
    return _cased(hyphened) if _TAG.fullmatch(hyphened) else None


def month_first(tags: Iterable[str]) -> bool | None:
    """Whether people of these languages mean May by 05/06; None where no region tells, or they disagree."""
    told = {_MONTH_FIRST.get(tag.casefold(), False) for tag in tags if tag.casefold() not in _OF_MANY_COUNTRIES}
    return told.pop() if len(told) == 1 else None


def _cased(tag: str) -> str:
    """The usual capitals (RFC 5646, section 2.1.1)."""
    first, *rest = tag.split("-")
    cased = {_SCRIPT: str.title, _REGION: str.upper}
    return "-".join([first.lower(), *(cased.get(len(part), str.lower)(part) for part in rest)])
