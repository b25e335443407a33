"""Reads regular expressions, and says what of them cannot be done. The syntax is that of Python's `re`.

Its own parser is used, so that nothing is guessed. `translating` makes expressions for RE2 of what it has read.
"""

import importlib
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from ai_voice_shared.keywords.rule import LONGEST_EXPRESSION, Refused

_CANNOT = {
    "ASSERT": "lookaround: (?=…) and (?<=…)",
    "ASSERT_NOT": "lookaround: (?!…) and (?<!…)",
    "GROUPREF": r"backreferences such as \1",
    "GROUPREF_EXISTS": "conditions such as (?(1)…)",
    "ATOMIC_GROUP": "atomic groups: (?>…)",
    "POSSESSIVE_REPEAT": "possessive repeats such as a++",
    "AT_NON_BOUNDARY": r"\B",
}
"""What expressions cannot have, as it is named to the person who wrote it."""

_WIDEST = 200
"""Characters of a range that is not ASCII."""

_ASCII = 128


def parsed(expression: str) -> Sequence[Any]:
    """What `re` reads in it: pairs of a name and a value. Raises Refused."""
    if len(expression) > LONGEST_EXPRESSION:
        raise Refused(f"An expression can have {LONGEST_EXPRESSION} characters at most.")
    try:
        with warnings.catch_warnings(action="ignore"):
            found = parser().parse(unicodedata.normalize("NFC", expression))
    except (re.error, RecursionError, OverflowError) as error:
        raise Refused(f"This is not a regular expression: {error}.") from None
    if found.getwidth()[0] == 0:
        raise Refused("This expression matches nothing at all, so it would match everywhere.")
    for name, value in _nodes(found):
        _check(name, value)
    return list(found)


def characters(tree: Iterable[Any]) -> Iterator[str]:
    """All characters that it names, those of ranges too; of a range of ASCII only the ends."""
    for name, value in _nodes(tree):
        if name in {"LITERAL", "NOT_LITERAL"}:
            yield from _both_cases(value)
        elif name == "RANGE":
            first, last = value
            for code in range(max(first, _ASCII), last + 1):
                yield from _both_cases(code)


def literals(expression: str) -> str:
    """The words in it that stand for themselves, for a search; raises Refused."""
    found = "".join(chr(value) if name == "LITERAL" else " " for name, value in _nodes(parsed(expression)))
    return " ".join(word for word in found.split() if len(word) > 2)  # noqa: PLR2004 - a letter or two finds too much


def _both_cases(code: int) -> tuple[str, str]:
    return chr(code).lower()[:1], chr(code)


def _nodes(tree: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """All nodes, those inside others too, in order."""
    for constant, value in tree:
        yield str(constant), value
        for inside in _inside(str(constant), value):
            yield from _nodes(inside)


def _inside(name: str, value: Any) -> Sequence[Any]:
    match name:
        case "IN":
            return (value,)
        case "BRANCH":
            return tuple(value[1])
        case "SUBPATTERN":
            return (value[3],)
        case "MAX_REPEAT" | "MIN_REPEAT":
            return (value[2],)
    return ()


def _check(name: str, value: Any) -> None:
    named = str(value) if name == "AT" else name
    if named in _CANNOT:
        raise Refused(f"Expressions cannot have {_CANNOT[named]}, since our engine (RE2) has none.")
    if name == "RANGE" and value[1] - max(value[0], _ASCII) >= _WIDEST:
        raise Refused(f"A range in an expression can have {_WIDEST} characters at most, in addition to ASCII.")


@cache
def parser() -> Any:
    """The parser of Python's `re`."""
    return importlib.import_module("re._parser")
