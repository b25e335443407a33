"""What a customer says when a call goes wrong, and how an agent apologises, by language.

`cue_texts/` holds a file a language, named by its code: a cue's name, a tab, and an expression over the words of a
sentence in lower case, without accents and signs (`features.words`). Lines of one name belong together.

    manager      asks for somebody who decides
    repeated     says that it is not the first time
    threat       threatens to leave, or with a lawyer, or with a bad review
    apology      an apology; `no_apology`: the same words when only something was not understood
    question     how a question begins; speech has no question marks
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from ai_voice_shared.mood.features import words
from ai_voice_shared.words.languages import primary

_TEXTS = Path(__file__).parent / "cue_texts"
_FALLBACK = "en"

type CustomerCue = Literal["manager", "threat", "repeated"]

LANGUAGES: tuple[str, ...] = tuple(sorted(file.stem for file in _TEXTS.glob("*.tsv")))
CUSTOMERS: tuple[CustomerCue, ...] = ("manager", "threat", "repeated")
"""The cues of a customer, in the order of their weight."""


@dataclass(frozen=True)
class MoodCues:
    """The cues of a language (BCP 47); of English, if it has none."""

    language: str

    def of_customer(self, text: str) -> list[CustomerCue]:
        """Which of CUSTOMERS are in a customer's sentence."""
        plain = " ".join(words(text))
        return [name for name in CUSTOMERS if self._pattern(name).search(plain)]

    def apologises(self, text: str) -> bool:
        """Whether an agent's sentence is an apology."""
        plain = " ".join(words(text))
        return bool(self._pattern("apology").search(self._pattern("no_apology").sub("", plain)))

    def asks(self, text: str) -> bool:
        """Whether a sentence is a question."""
        return "?" in text or bool(self._pattern("question").match(" ".join(words(text))))

    def _pattern(self, name: str) -> re.Pattern[str]:
        code = primary(self.language or _FALLBACK)
        return _patterns(code if code in LANGUAGES else _FALLBACK)[name]


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    found: dict[str, list[str]] = {}
    for line in (_TEXTS / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
        name, _, expression = line.partition("\t")
        found.setdefault(name, []).append(expression)
    return {name: re.compile(rf"\b(?:{'|'.join(lines)})\b") for name, lines in found.items()}
