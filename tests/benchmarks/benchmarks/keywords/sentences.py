"""Sentences of five languages: which keyword each says, in any inflection, and sentences with words that look alike."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent / "sentences"
LANGUAGES = ("de", "en", "es", "fr", "pt")
_SAID = re.compile(r"[\[\]]")


@dataclass(frozen=True)
class Said:
    """A sentence, and the keyword that it says; empty if none."""

    language: str
    keyword: str
    words: tuple[str, ...]


def half(language: str, which: int) -> Sequence[Said]:
    """Every second keyword, and every second sentence without one: 0 is tuned on, 1 is kept aside."""
    rows = [line.split("\t") for line in (_HERE / f"{language}.tsv").read_text(encoding="utf-8").splitlines()]
    keywords = list(dict.fromkeys(keyword for keyword, _ in rows if keyword != "-"))[which::2]
    silent = [row for row in rows if row[0] == "-"][which::2]
    chosen = [row for row in rows if row[0] in keywords] + silent
    return [Said(language, keyword.strip("-"), tuple(_SAID.sub("", sentence).split())) for keyword, sentence in chosen]
