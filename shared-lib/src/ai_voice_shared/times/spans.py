"""Which days words name: "last week", "next Monday", "the end of May", 2026-05-04, as seen from a day.

A table (`words.py`) and rules, in place of a library: dateparser 1.5 finds a date in "we", "may we", "the march on"
and in German "hier", none in "la semana pasada", and is 15 MB with what it needs.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ai_voice_shared.times.calendar_days import Days, Seen
from ai_voice_shared.times.expressions import expressions, prepositions
from ai_voice_shared.times.forms import LONGEST, Form, Kind, Relation
from ai_voice_shared.times.named import Named
from ai_voice_shared.times.words import TIME_WORDS

LANGUAGES = tuple(TIME_WORDS)
_NEEDS_RELATION = frozenset[Kind]({"short", "month", "season"})
_NEEDS_ANY = frozenset[Kind]({"weekend", "dom", "iso_week"})
"""These need a relation, too, but a plan ("for the weekend") is one."""

_STRESSED = re.compile("v[óÓ][óÓ]r", re.IGNORECASE)
"""The Dutch word whose accents tell "before" from "for"."""

_BEFORE = 40
"""Characters before an expression in which its preposition is searched."""

_AMBIGUOUS_MONTHS = frozenset({"may", "march", "mar"})
"""English verbs among them: with a day they need a preposition, an ending as in 5th, a weekday or a year."""


@dataclass(frozen=True)
class Span:
    """An expression in a text.

    Attributes:
        start, end: of the expression alone; `opens`: where its preposition begins.
        days: what it names; None if there is no such day, or if it may be one of two (`05/06`).
        value: of its form, as in the table.
        hours: how many hours ahead it is, if it counts hours.
    """

    start: int
    end: int
    opens: int
    kind: Kind
    relation: Relation | None
    days: Days | None
    value: int | None = None
    hours: int = 0


def folded(text: str) -> str:
    """The text in lower case, without accents, of the same length as in NFC, because spans are places in it."""
    return "".join(map(_base, unicodedata.normalize("NFC", text)))


@cache
def _base(character: str) -> str:
    if character in "\u2019\u02bc":
        return "'"
    plain = unicodedata.normalize("NFD", character.casefold())[0]
    return plain if character != "\u00df" else character


def spans(text: str, language: str, seen: Seen, *, alone: bool = False) -> list[Span]:
    """The expressions in a text of this language, in order, none inside another; those that name no time are left out.

    `alone`: the text is known to name a time, so that "May" and "05/06" do if they are the whole text.
    """
    words = TIME_WORDS.get(language)
    if words is None:
        return []
    plain = _stressed(text, folded(text)[:LONGEST])
    found = sorted(_candidates(plain, language), key=lambda one: (one[1].start(), -one[1].end()))
    kept: list[Span] = []
    end = 0
    for form, match in found:
        whole = alone and match[0] == plain.strip()
        if match.start() >= end and (span := _span(plain, language, form, match, seen, whole=whole)):
            kept.append(span)
            end = match.end()
    return kept


def _stressed(text: str, plain: str) -> str:
    """The folded text, with the accents of a word that means something else without them."""
    for word in _STRESSED.finditer(unicodedata.normalize("NFC", text)[:LONGEST]):
        plain = f"{plain[: word.start()]}vóór{plain[word.end() :]}"
    return plain


def _candidates(plain: str, language: str) -> Iterator[tuple[Form, re.Match[str]]]:
    for form, pattern in expressions(language):
        for match in pattern.finditer(plain):
            yield form, match


def _span(plain: str, language: str, form: Form, match: re.Match[str], seen: Seen, *, whole: bool) -> Span | None:
    words = TIME_WORDS[language]
    _, kind, value = form
    relation, opens = _relation(plain, match.start(), language, weekday=kind in {"weekday", "short"})
    named = Named.of(match, words)
    if (not whole and _is_no_time(kind, value, relation, named)) or relation == "again":
        return None
    days = named.days(kind, value, relation, seen)
    hours = named.number if kind == "ahead" and named.unit == "hour" else 0
    return Span(match.start(), match.end(), opens, kind, relation, days, value, hours)


def _is_no_time(kind: Kind, value: int | None, relation: Relation | None, named: Named) -> bool:
    loose = relation in {None, "from", "to", "for"}
    if kind in _NEEDS_RELATION and value is None:
        return loose and named.year is None and not (kind == "short" and relation == "for")
    if kind in _NEEDS_ANY:
        return relation in {None, "from", "to"}
    if kind == "date" and named.sign and (named.year is None or named.sign == "."):
        return relation not in {"since", "before", "after", "until", "by", "on"} and named.year is None
    if kind == "date" and named.month_word in _AMBIGUOUS_MONTHS:
        return loose and not (named.ordinal or named.year or named.weekday is not None)
    return False


def _relation(plain: str, start: int, language: str, *, weekday: bool) -> tuple[Relation | None, int]:
    """The preposition before an expression, and its beginning; the longest one that fits."""
    opens = max(0, start - _BEFORE)
    found = prepositions(language, weekday=weekday).search(plain, opens, start)
    if found is None:
        return None, start
    return next(relation for relation in TIME_WORDS[language].relations if found[relation]), found.start()
