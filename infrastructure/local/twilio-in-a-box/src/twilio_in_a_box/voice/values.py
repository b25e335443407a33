"""What an attribute of TwiML may be: small checks, each with words that say what is right."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from twilio_in_a_box.account.addresses import is_absolute_url

type Test = Callable[[str], bool]

LANGUAGE = r"[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|[0-9]{3})"
"""A language with its region, as in en-US or es-419; `en` alone is wrong (Twilio, error 13331)."""

MOST_HINTS, LONGEST_HINT = 500, 100
"""Hints of a recogniser, and characters of each (Twilio, "TwiML Voice: Gather")."""

_RELATIVE = re.compile(r"[^\s<>\"{}|\\^`]*")
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Allowed:
    """A check and its words."""

    words: str
    test: Test


def one_of(*values: str) -> Allowed:
    """One of these, written just so."""
    return Allowed(" or ".join(values), lambda text: text in values)


def some_of(*values: str) -> Allowed:
    """One or more of these, with a space between."""
    return Allowed(f"some of {', '.join(values)}", lambda text: bool(text.split()) and set(text.split()) <= set(values))


def whole(low: int, high: int = 10**9) -> Allowed:
    """A whole number in this range."""
    words = f"a whole number from {low}" + (f" to {high}" if high < 10**9 else "")
    return Allowed(words, lambda text: bool(_DIGITS.fullmatch(text)) and low <= int(text[:12]) <= high)


def either(first: Allowed, second: Allowed) -> Allowed:
    """What one of the two allows."""
    return Allowed(f"{first.words} or {second.words}", lambda text: first.test(text) or second.test(text))


def pattern(words: str, expression: str) -> Allowed:
    """What the whole of this expression matches."""
    compiled = re.compile(expression)
    return Allowed(words, lambda text: bool(compiled.fullmatch(text)))


def url() -> Allowed:
    """An absolute URL, or one relative to the document."""
    return Allowed("a URL", is_url)


def is_url(text: str) -> bool:
    """Whether this is a URL: with a host, or relative to the document."""
    if "://" in text:
        return is_absolute_url(text) and " " not in text
    return bool(text) and bool(_RELATIVE.fullmatch(text)) and ":" not in text.partition("/")[0]


def hints() -> Allowed:
    """Words and phrases with commas between."""
    return Allowed(f"at most {MOST_HINTS} hints of at most {LONGEST_HINT} characters, with commas between", _are_hints)


def _are_hints(text: str) -> bool:
    parts = text.split(",")
    return len(parts) <= MOST_HINTS and all(0 < len(one.strip()) <= LONGEST_HINT for one in parts)


METHOD = one_of("GET", "POST")
BOOLEAN = one_of("true", "false")
ANYTHING = Allowed("a text", lambda _text: True)
ABSOLUTE = Allowed("an absolute URL", is_absolute_url)
REGION = pattern("a language with its region, as en-US", LANGUAGE)
NUMBER = pattern("a number like +15550100001", r"\+[1-9][0-9]{6,14}")
