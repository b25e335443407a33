"""What a keyword rule is: what it finds in a sentence, when, and what a person is shown then."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import TypeAdapter

LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pt")
"""A rule that names no language is stemmed in each of these."""

MOST_RULES = 1_000
"""Rules of a company."""

MOST_WORDS, LONGEST_WORDS = 20, 100
"""Words and phrases of one rule, and characters of one of them."""

MOST_EXPRESSIONS, LONGEST_EXPRESSION = 10, 200
"""Regular expressions of one rule, and characters of one of them."""

MOST_WORDS_TOGETHER, MOST_EXPRESSIONS_TOGETHER = 5_000, 1_000
"""Of all rules of a company."""

LONGEST_POINTS = 4_000
"""Characters of a rule's talking points."""


class Refused(Exception):  # noqa: N818 - reads as what it is
    """A rule cannot be kept; the text is a sentence that says why, for the person who wrote it."""


@dataclass(frozen=True)
class Rule:
    """What to listen for.

    Attributes:
        words: words and phrases; each is found in any inflection.
        expressions: regular expressions. Upper and lower case make no difference.
        languages: BCP 47; of the sentences in which it is found. Empty: of all.
        priority: 0 to 100; the most important is shown first.
        cool_down: seconds of a call in which it is not shown again.
        valid_from: ISO 8601, UTC, inclusive; empty: since ever.
        valid_until: ISO 8601, UTC, exclusive; empty: for ever.
        points: talking points, in Markdown.
        updated_at: when it last changed (ISO 8601, UTC).
    """

    rule_id: str
    name: str
    words: tuple[str, ...] = ()
    expressions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    priority: int = 50
    cool_down: int = 60
    valid_from: str = ""
    valid_until: str = ""
    points: str = ""
    updated_at: str = ""

    @property
    def tag(self) -> str:
        """Another one after each change."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:32]

    def is_valid(self, moment: str) -> bool:
        """Whether it holds at a moment (ISO 8601, UTC)."""
        return self.valid_from <= moment and (not self.valid_until or moment < self.valid_until)

    def to_json(self) -> str:
        """The rule as it is kept."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)


def from_json(kept: str) -> Rule:
    """The rule that was kept."""
    return _adapter().validate_json(kept)


def from_fields(fields: Mapping[str, Any]) -> Rule:
    """A rule from its fields by name."""
    return _adapter().validate_python(fields)


@cache
def _adapter() -> "TypeAdapter[Rule]":
    """Made when the first one is read."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - as above

    return TypeAdapter(Rule)
