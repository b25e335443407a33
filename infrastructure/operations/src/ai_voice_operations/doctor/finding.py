"""A finding of one of the doctor's checks, and how it is shown without names, numbers and ids."""

import re
from dataclasses import dataclass
from typing import Literal

_MASKS = (
    (re.compile(r"\b(AC|SK)[0-9a-fA-F]{28}([0-9a-fA-F]{4})\b"), r"\1…\2"),
    (re.compile(r"\bsk-[\w*-]+"), "sk-…"),
    (re.compile(r"\+(\d{2})\d{2,9}(\d{4})(?!\d)"), r"+\1…\2"),
    (re.compile(r"(?<!\d)\d{8}(\d{4})(?!\d)"), r"…\1"),  # AWS accounts
    (re.compile(r"[\w.%+-]+@[\w-]+(\.[\w-]+)+"), "…@…"),
)


STYLES = {"FAIL": "bold red", "warn": "yellow", "ok": ""}
"""In which colour a person sees each level."""


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's.

    Attributes:
        level: `FAIL` if something does not work or will lose something; `warn` if it may be on purpose.
        what: what was checked, and its state.
        remedy: what to do; empty if nothing.
    """

    level: Literal["ok", "warn", "FAIL"]
    what: str
    remedy: str = ""

    def line(self) -> str:
        """The finding as one line, masked."""
        told = self.what + (f" … {self.remedy}" if self.remedy else "")
        return f"{self.level:<4}  {masked(' '.join(told.split()))}"


def ok(what: str) -> Finding:
    """A finding that is in order."""
    return Finding("ok", what)


def warn(what: str, remedy: str) -> Finding:
    """A finding that may be on purpose, or will matter later."""
    return Finding("warn", what, remedy)


def fail(what: str, remedy: str) -> Finding:
    """A finding that does not work."""
    return Finding("FAIL", what, remedy)


def masked(text: str) -> str:
    """The text without phone numbers, mail addresses, account ids and keys; enough is left to tell them apart."""
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text
