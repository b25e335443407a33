"""Translates a regular expression into one for RE2 over a text whose borders are marked, or says why it cannot.

The syntax is that of Python's `re`. Its parser is used, so that nothing is guessed.
"""

import importlib
import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from ai_voice_shared.keywords.bordered import MARK, is_word
from ai_voice_shared.keywords.rule import LONGEST_EXPRESSION, Refused

_WORD, _DIGIT, _SPACE = r"\p{L}\p{M}\p{N}_", r"\p{Nd}", r"\s\p{Z}"
_NOT_HERE = r"\x01"
_SKIP = rf"{_NOT_HERE}*"

_CATEGORIES = {"CATEGORY_WORD": _WORD, "CATEGORY_DIGIT": _DIGIT, "CATEGORY_SPACE": _SPACE}
_OTHERS = {"CATEGORY_NOT_WORD": _WORD, "CATEGORY_NOT_DIGIT": _DIGIT, "CATEGORY_NOT_SPACE": _SPACE}
_WRITTEN = {"CATEGORY_NOT_WORD": r"\W", "CATEGORY_NOT_DIGIT": r"\D", "CATEGORY_NOT_SPACE": r"\S"}

_PLACES = {
    "AT_BEGINNING": r"\A",
    "AT_BEGINNING_STRING": r"\A",
    "AT_BOUNDARY": _NOT_HERE,
    "AT_END": rf"{_SKIP}\z",
    "AT_END_STRING": rf"{_SKIP}\z",
}

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


def translated(expression: str) -> str:
    """The expression for RE2; raises Refused."""
    if len(expression) > LONGEST_EXPRESSION:
        raise Refused(f"An expression can have {LONGEST_EXPRESSION} characters at most.")
    if MARK in expression:
        raise Refused("An expression cannot have control characters.")
    try:
        with warnings.catch_warnings(action="ignore"):
            parsed = _parser().parse(expression)
    except (re.error, RecursionError, OverflowError) as error:
        raise Refused(f"This is not a regular expression: {error}.") from None
    if parsed.getwidth()[0] == 0:
        raise Refused("This expression matches nothing at all, so it would match everywhere.")
    return _checked(_sequence(parsed))


def _checked(translation: str) -> str:
    import re2  # noqa: PLC0415 - only where rules are compiled or matched

    try:
        re2.compile(translation, options())
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else error.args[0]
        raise Refused(f"This expression is too large for our engine (RE2): {reason}.") from None
    return translation


def options() -> Any:
    """How RE2 reads the translations."""
    import re2  # noqa: PLC0415 - as above

    chosen = re2.Options()
    chosen.case_sensitive = False
    chosen.log_errors = False
    return chosen


def _sequence(parsed: Iterable[Any]) -> str:
    """Literal characters of one word need no skipping between them; nor do two borders in one place differ."""
    found = ""
    for boundary, some in groupby(parsed, key=lambda node: _name(node[1]) == "AT_BOUNDARY"):
        nodes = list(some)
        found += _NOT_HERE if boundary else "".join(_node(node, before) for node, before in _with_before(nodes))
    return found


def _with_before(nodes: Sequence[Any]) -> Iterable[tuple[Any, Any]]:
    return zip(nodes, [None, *nodes[:-1]], strict=True)


def _node(node: Any, before: Any) -> str:
    name, value = _name(node[0]), node[1]
    if name in _CANNOT:
        raise _refused(name)
    if name == "LITERAL" and before is not None and _inside(before) and _inside(node):
        return _character(value)
    return _TRANSLATIONS[name](value)


def _inside(node: Any) -> bool:
    return _name(node[0]) == "LITERAL" and is_word(chr(node[1]))


def _place(value: Any) -> str:
    if _name(value) in _CANNOT:
        raise _refused(_name(value))
    return _PLACES[_name(value)]


def _set(items: Sequence[Any]) -> str:
    negated = _name(items[0][0]) == "NEGATE"
    some = items[1:] if negated else items
    if len(some) == 1 and _name(some[0][1]) in _OTHERS:
        known = _OTHERS[_name(some[0][1])]
        return rf"{_SKIP}[{known}]" if negated else rf"{_SKIP}[^{known}{_NOT_HERE}]"
    inside = "".join(map(_item, some))
    return rf"{_SKIP}[^{inside}{_NOT_HERE}]" if negated else rf"{_SKIP}[{inside}]"


def _item(item: Any) -> str:
    name, value = _name(item[0]), item[1]
    if name == "RANGE":
        return f"{_character(value[0])}-{_character(value[1])}"
    if name == "LITERAL":
        return _character(value)
    if _name(value) in _OTHERS:
        raise Refused(f"Expressions cannot have {_WRITTEN[_name(value)]} with others inside of square brackets.")
    return _CATEGORIES[_name(value)]


def _repeat(value: Any, lazy: str) -> str:
    least, most, inside = value
    up_to = "" if most == _parser().MAXREPEAT else most
    return f"(?:{_sequence(inside)}){{{least},{up_to}}}{lazy}"


_TRANSLATIONS: dict[str, Callable[[Any], str]] = {
    "LITERAL": lambda value: f"{_SKIP}{_character(value)}",
    "NOT_LITERAL": lambda value: f"{_SKIP}[^{_character(value)}{_NOT_HERE}]",
    "ANY": lambda _: f"{_SKIP}[^{_NOT_HERE}]",
    "IN": _set,
    "AT": _place,
    "BRANCH": lambda value: f"(?:{'|'.join(map(_sequence, value[1]))})",
    "SUBPATTERN": lambda value: f"(?:{_sequence(value[3])})",
    "MAX_REPEAT": lambda value: _repeat(value, ""),
    "MIN_REPEAT": lambda value: _repeat(value, "?"),
}


def _character(code: int) -> str:
    return rf"\x{{{code:x}}}"


def _refused(name: str) -> Refused:
    return Refused(f"Expressions cannot have {_CANNOT[name]}, since our engine (RE2) has none.")


def _name(constant: Any) -> str:
    return str(constant)


@cache
def _parser() -> Any:
    return importlib.import_module("re._parser")
