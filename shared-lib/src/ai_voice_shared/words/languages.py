"""How languages are written: BCP 47 tags and their primary subtags, from any name of an engine or a person."""

import re
from collections.abc import Iterable

from ai_voice_shared.words.language_names import CODES

SPOKEN = ("en", "de", "es", "fr", "pt", "it", "nl")
"""The languages that we understand without a model, and in which we reply: each table by language has them all.
`tests/unit/shared_lib/test_spoken_languages.py` names the tables, and fails for a language that one of them lacks."""

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SCRIPT, _REGION = 4, 2
"""Letters of these subtags."""

_MONTH_FIRST = {"en-us": True, "en-ph": True, "en-ca": None, "fr-ca": None, "es-us": None}
"""Regions whose dates begin with the month, or are written in both ways (Unicode CLDR); elsewhere the day is first."""

_OF_MANY_COUNTRIES = frozenset({"en", ""})
"""Languages that do not show the order of a date without a region."""


def primary(tag: str) -> str:
    """The part of a tag for the language: `pt` of `pt-BR`."""
    return tag.replace("_", "-").split("-")[0].strip().casefold()


def tag_of(said: str | None) -> str | None:
    """The BCP 47 tag for a language's name or code from an engine or a person: `de` for "German", `pt-BR` for "pt_br".

    None if it is neither a known name nor in the form of a tag. It does not check that the tag is registered.
    """
    said = (said or "").strip()
    if code := CODES.get(said.casefold()):
        return code
    hyphened = said.replace("_", "-")
    return _cased(hyphened) if _TAG.fullmatch(hyphened) else None


def month_first(tags: Iterable[str]) -> bool | None:
    """Whether speakers of these languages mean May by 05/06; None if no region shows it, or if they disagree."""
    told = {_MONTH_FIRST.get(tag.casefold(), False) for tag in tags if tag.casefold() not in _OF_MANY_COUNTRIES}
    return told.pop() if len(told) == 1 else None


def _cased(tag: str) -> str:
    """The usual capitals (RFC 5646, section 2.1.1)."""
    first, *rest = tag.split("-")
    cased = {_SCRIPT: str.title, _REGION: str.upper}
    return "-".join([first.lower(), *(cased.get(len(part), str.lower)(part) for part in rest)])
