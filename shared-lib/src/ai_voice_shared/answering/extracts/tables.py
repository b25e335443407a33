"""The words by which questions and sentences are understood, by language.

`languages/` holds a file a language, named by its code, and `any.tsv` for all: a row's name, then its words, with tabs
between them. In the rows "asks …", "places", "times", "reasons", "refers" and "addresses" they are expressions over
text in lower case without accents (`times.spans.folded`). Another language is a file like these.
"""

import re
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from ai_voice_shared.words.languages import primary

type Want = Literal["when", "money", "count", "measure", "why", "where", "number", "colour", "who", "which"]
"""What kind of thing answers: a time; a sum; a number of things; a size, a quantity or a duration; a reason; a place;
a code or a phone number; a colour; a name; what tells one thing from others, which is a name or a number."""

_FOLDER = Path(__file__).parent / "languages"
_ANY = "any"


def row(name: str, language: str = _ANY) -> list[str]:
    """The words of a row; none for a language without a file."""
    return _read(primary(language)).get(name, [])


@cache
def pattern(name: str, language: str = _ANY) -> re.Pattern[str]:
    """One expression for all words of the row, or for those of all languages if this one has no file."""
    known = row(name, language) or [word for code in languages() for word in row(name, code)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(known)})(?!\w)")


def same(word: str, language: str) -> list[str]:
    """Other words for this one, and its irregular forms, as the row "same" groups them."""
    return _groups(language).get(word.casefold(), [])


@cache
def _groups(language: str) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for group in row("same", language):
        for word in group.split():
            groups[word] = groups.get(word, []) + group.split()
    return groups


@cache
def asking(language: str) -> dict[Want, re.Pattern[str]]:
    """How the language asks for each kind, in the order in which the expressions are tried."""
    return {want: pattern(f"asks {want}", language) for want in wants() if row(f"asks {want}", language)}


def wants() -> tuple[Want, ...]:
    """All kinds."""
    return cast("tuple[Want, ...]", get_args(Want.__value__))


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages that have a file."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.tsv") if file.stem != _ANY))


@cache
def _read(code: str) -> dict[str, list[str]]:
    path = _FOLDER / f"{code}.tsv"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else ()
    return {name: words for name, *words in (line.split("\t") for line in lines)}
