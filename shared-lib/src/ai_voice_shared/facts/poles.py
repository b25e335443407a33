"""Which of two opposite things a clause says: open or closed, up or down, finished or still to do, in ten languages."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ai_voice_shared.facts.vocabulary import known, listed
from ai_voice_shared.words.number_spelling import bare
from ai_voice_shared.words.text_words import written_words

_TABLE = Path(__file__).parent / "claim_words" / "opposites.tsv"
"""Written by hand. Each line: what is told, a language, the words of one side, those of the other one.

In them `*` is the rest of a word, or a word; `~` up to four words; `$` the clause's end; what begins with `!` is of
neither side.
"""

_DENYING = {
    "en": "not no never none nobody nothing without cannot neither nor isnt arent wasnt werent dont doesnt didnt wont "
    "cant couldnt shouldnt wouldnt hasnt havent hadnt mustnt neednt",
    "de": "nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden nichts ohne weder",
    "fr": "n ne pas jamais aucun aucune rien sans ni",
    "es": "no nunca jamas nadie nada sin ningun ninguna ninguno tampoco ni",
    "pt": "nao nunca nada sem nenhum nenhuma ninguem nem jamais",
    "it": "non mai niente nulla senza nessun nessuno nessuna",
    "nl": "niet geen nooit niemand niets zonder",
    "ja": "ません ない なかった",
    "hi": "नहीं मत",
}
UNSPACED = frozenset({"ja", "hi"})
"""Languages whose words are looked for anywhere: one is not spaced, the other one's words are cut by its marks."""

_RELATIONS = frozenset({"before"})
_KINDS = frozenset({"age"})
"""Pairs that tell which one is meant; no "not" is about them."""

_MEASURED = frozenset({"length", "size", "high", "age"})
_STILL = listed("yet noch encore todavia aun ainda ancora nog but mais pero mas aber")


class Pole(NamedTuple):
    """One side of a pair of opposites, as a stretch of a clause's words tells it: 1 or -1, turned by a "not"."""

    scale: str
    side: int
    start: int
    end: int

    @property
    def may_be_left_out(self) -> bool:
        """Whether the next clause may mean it without its words."""
        return self.scale not in _RELATIONS | _KINDS

    @property
    def tells_which(self) -> bool:
        """Whether it tells which one is meant, not what is so."""
        return self.scale in _KINDS

    def opposite(self) -> "Pole":
        """The other side, told by no words."""
        return Pole(self.scale, -self.side, 0, 0)

    @property
    def relates(self) -> bool:
        """Whether it stands between two things, so that who comes first is part of what it says."""
        return self.scale in _RELATIONS


class Said(NamedTuple):
    """What a clause's words tell by opposites.

    Attributes:
        denies: whether a word denies.
    """

    poles: tuple[Pole, ...]
    denies: bool


def knows(code: str) -> bool:
    """Whether there are opposites of the language (ISO 639)."""
    return code in _DENYING and bool(_scales(code))


def words_of(text: str, code: str) -> list[str]:
    """The clause's words in the form that the table has."""
    joined = re.sub(r"n['’]t\b", "nt", text)
    return [text.casefold()] if code in UNSPACED else [bare(word) for word in written_words(joined)]


def denies(words: Sequence[str], code: str) -> bool:
    """Whether one of the words denies, in the language (ISO 639)."""
    return bool(_denials(" ".join(words), code))


def leaves_out(words: Sequence[str], code: str) -> bool:
    """Whether the words deny something that they do not say: "the hall is not", "but not the second one"."""
    bare_words = [word for word in words if word not in _STILL]
    return any(denies([word], code) for word in (*bare_words[:1], *bare_words[-1:]))


def read(words: Sequence[str], code: str, *, corrected: bool = False) -> Said:
    """What the words of a clause tell in the language (ISO 639).

    `corrected`: what it denies is a part of it that the next clause corrects.
    """
    text = " ".join(words)
    found = [
        Pole(scale, side, *match.span())
        for scale, sides in _scales(code).items()
        for side, pattern in zip((1, -1, 0), sides, strict=True)
        for match in pattern.finditer(text)
    ]
    kept = [one for one in found if one.side and not _is_part_of_another(one, found) and not _measures(one, text, code)]
    denying = _denials(text, code)
    turned = kept if corrected else [side for one in kept for side in _turned(one, kept, denying)]
    return Said(tuple(turned), bool(denying))


def _turned(one: Pole, poles: Sequence[Pole], denying: Sequence[int]) -> list[Pole]:
    """The side as a "not" turns it, one that is no part of it itself ("not yet").

    A "not" before a "before" turns that: "does not start before Monday" starts after it, and is closed until then, so
    that nothing else in front of it is told.
    """
    others = [place for place in denying if one.side > 0 or not one.start <= place < one.end]
    relations = [pole for pole in poles if pole.relates and any(place < pole.start for place in others)]
    if one.scale in _KINDS or not others:
        return [one]
    if relations and one not in relations:
        return [one] if any(pole.start < one.start for pole in relations) else []
    return [one._replace(side=-one.side)]


def _is_part_of_another(one: Pole, found: Sequence[Pole]) -> bool:
    """Whether it is a part of a longer stretch of the same pair ("not finished" of "not finished yet")."""
    return any(
        other is not one
        and other.scale == one.scale
        and other.start <= one.start
        and one.end <= other.end
        and other.end - other.start > one.end - one.start
        for other in found
    )


def _measures(one: Pole, text: str, code: str) -> bool:
    """Whether it only tells what a number measures: "40 cm long"."""
    *_, figure, unit = ["", "", *text[: one.start].split()]
    return (
        one.scale in _MEASURED
        and figure[-1:].isdigit()
        and any(meaning.kind == "unit" for meaning in known([unit], code).meanings)
    )


def _denials(text: str, code: str) -> list[int]:
    """Where words deny."""
    words = "|".join(map(re.escape, sorted(listed(_DENYING.get(code, ""))))) or "(?!)"
    pattern = words if code in UNSPACED else rf"(?<!\S)(?:{words})(?!\S)"
    return [match.start() for match in re.finditer(pattern, text)]


@cache
def _scales(code: str) -> dict[str, tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]]:
    lines = [line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines()]
    return {scale: _sides(one, other, code) for scale, language, one, other in lines if language == code}


def _sides(one: str, other: str, code: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    first = [phrase for phrase in one.split(",") if phrase[:1] != "!"]
    neither = [phrase[1:] for phrase in one.split(",") if phrase[:1] == "!"]
    return _any_of(first, code), _any_of(other.split(","), code), _any_of(neither, code)


def _any_of(phrases: Sequence[str], code: str) -> re.Pattern[str]:
    if not phrases:
        return re.compile(r"(?!)")
    listed_phrases = sorted(phrases, key=len, reverse=True)
    if code in UNSPACED:
        return re.compile("|".join(map(re.escape, listed_phrases)))
    return re.compile(r"(?<!\S)(?:" + "|".join(map(_pattern, listed_phrases)) + r")(?!\S)")


def _pattern(phrase: str) -> str:
    at_end = "$" if phrase.endswith("$") else ""
    words = [_word(word) for word in phrase.removesuffix("$").split()]
    return " ".join(words).replace(" ~ ", r"(?: \S+){0,4} ") + at_end


def _word(word: str) -> str:
    if word == "*":
        return r"\S+"
    return word if word == "~" else re.escape(word.removesuffix("*")) + (r"\S*" if word.endswith("*") else "")
