"""Numbers in a text: what they may mean, with sign, unit, bound and rate."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ai_voice_shared.facts import vocabulary as claim_vocabulary
from ai_voice_shared.facts.vocabulary import listed
from ai_voice_shared.words.text_words import is_unspaced

NO_UNIT: frozenset[str] = frozenset()

_NUMBER = re.compile(
    r"(?<![^\W\d_])(?P<figures>\d{1,3}(?:[ \u00a0\u202f'’.,]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)(?!\d)"
)
_ORDINALS = listed("st nd rd th er ère re e ème o a º ª")
_MINUS = listed("minus moins menos meno min минус минус μείον eksi miinus mínusz ناقص माइनस")
_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "tausend": 1_000,
    "mille": 1_000,
    "mil": 1_000,
    "k": 1_000,
    "тысяч": 1_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "millionen": 1_000_000,
    "mio": 1_000_000,
    "millones": 1_000_000,
    "milhões": 1_000_000,
    "milioni": 1_000_000,
    "miljoen": 1_000_000,
    "миллион": 1_000_000,
    "миллиона": 1_000_000,
    "миллионов": 1_000_000,
    "dozen": 12,
    "dutzend": 12,
}
_UP = listed("> ≥ over above exceeds mindestens oberhalb minst supérieure encima acima sopra boven более выше")
_DOWN = listed("< ≤ under below unter höchstens unterhalb sous inférieure debajo abaixo sotto onder менее ниже")
_UP_PAIRS = listed(
    "more than|at least|greater than|higher than|mehr als|plus de|au moins|al menos|más de|mais de|pelo menos|più di|"
    "meer dan|не менее|больше чем",
    "|",
)
_DOWN_PAIRS = listed(
    "less than|at most|fewer than|lower than|weniger als|moins de|au plus|au maximum|como máximo|menos de|no máximo|"
    "meno di|minder dan|не более|up to",
    "|",
)
_MORE = listed(
    "more further additional full whole other weitere weiteren volle ganze autres más otros mais outros altri"
)
"""Words between a number and its unit."""

_NO_UNITS = frozenset({"in", "a", "c", "e", "f", "i", "j", "o", "v", "w", "y"})
"""Ordinary words, and small letters whose capital is a symbol."""

_NEAR = 48
"""Characters beside a number that are looked at."""

_RATE = re.compile(
    r"(?:[^\d.;]{0,24}?\s|\s?)(?:an|a|per|each|every|/|pro|par|por|al|all'|à l'|l'|je|"
    r"jede|jeden|jedes|na|в|om|i)\s?([^\W\d_]+)"
)
_SPANS = frozenset({"s", "min", "h", "day", "week", "month", "year"})
_SYMBOL = 3
"""Letters that a unit's symbol has at most."""


@dataclass(frozen=True)
class Number:
    """A number; one in figures may be read in two ways: 1.250.

    Attributes:
        values: with their sign.
        units: what its unit may be; empty if it has none next to it.
        bound: 1 for "more than", -1 for "less than", else 0.
        rate: the time that it is for, "an hour"; empty if no time is given.
    """

    start: int
    end: int
    values: frozenset[float]
    units: frozenset[str] = NO_UNIT
    bound: int = 0
    rate: frozenset[str] = NO_UNIT


def numbers(text: str, language: str) -> Iterator[Number]:
    """The numbers in a text whose number words are figures already."""
    for match in _NUMBER.finditer(text):
        before, after = text[max(0, match.start() - _NEAR) : match.start()], text[match.end() : match.end() + _NEAR]
        scale, skipped = _scale(after)
        sign = -1 if _is_negative(before) else 1
        values = frozenset(sign * scale * value for value in _values(match["figures"]))
        units = _units(after[skipped:], language) or _money_before(before)
        yield Number(*match.span(), values, units, _bound(before), _rate(after, language))


def follows_figures(word: str, language: str) -> bool:
    """Whether the word may touch the number before it: "12mm", "1st"."""
    if word.casefold() in _ORDINALS or word.casefold() in _SCALES or not word.isascii():
        return True
    return any(one.kind == "unit" for one in claim_vocabulary.known([word], language).meanings)


def _values(figures: str) -> frozenset[float]:
    """What the figures may mean: 1.250 is a thousand and more to some, and hardly more than one to others."""
    bare = re.sub(r"[ \u00a0\u202f'’]", "", figures)
    marks = [one for one in bare if one in ".,"]
    if len(set(marks)) > 1:
        return frozenset({float(bare.replace(marks[0], "").replace(",", "."))})
    if len(marks) > 1:
        return frozenset({float(bare.replace(marks[0], ""))})
    read = {float(bare.replace(",", "."))}
    if marks and re.fullmatch(r"\d{1,3}[.,]\d{3}", bare):
        read.add(float(bare.replace(marks[0], "")))
    return frozenset(read)


def _is_negative(before: str) -> bool:
    bare = before.rstrip("$€£¥")
    if bare.endswith("-") and not bare[:-1][-1:].isalnum():
        return True
    words = before.casefold().split()
    is_bound = " ".join(words[-2:]) in _UP_PAIRS | _DOWN_PAIRS  # "au moins"
    return bool(words) and words[-1] in _MINUS and before[-1:] == " " and not is_bound


def _scale(after: str) -> tuple[float, int]:
    """What a word behind the number multiplies it by, and how long that word is."""
    match = re.match(r"\s?([^\W\d_]+)\.?", after)
    scale = _SCALES.get(match[1].casefold()) if match else None
    return (scale, match.end()) if match and scale else (1, 0)


def _units(after: str, language: str) -> frozenset[str]:
    symbols = re.match(r"\s?(°\s?[CFcf]\b|[%‰°€$£¥₹])", after)
    if symbols:
        return claim_vocabulary.unit(symbols[1].replace(" ", ""))
    words = re.match(r"(?:st|nd|rd|th)?[\s\u00a0\u202f-]?((?:[^\W\d_]+[²³]?[ -]?){1,4})", after)
    if not words:
        return NO_UNIT
    run = words[1].strip()
    beside = list(run) if is_unspaced(run[0]) else re.split(r"[ -]", run)
    if beside[0] in _NO_UNITS:
        return NO_UNIT
    beside = beside[1:] if beside[0].casefold() in _MORE and beside[1:] else beside
    found = claim_vocabulary.known(beside, language)
    units = frozenset(one.value for one in found.meanings if one.kind == "unit")
    return units or _symbols(words[1].split(" ")[0])


def _rate(after: str, language: str) -> frozenset[str]:
    match = _RATE.match(after)
    meant = claim_vocabulary.known([match[1]], language).meanings if match else ()
    return frozenset(one.value for one in meant if one.kind == "unit") & _SPANS


def _symbols(word: str) -> frozenset[str]:
    """A unit by its symbol, which is the same in most languages."""
    if word in {"USD", "EUR", "GBP", "CHF"}:
        return frozenset({word})
    return frozenset(
        one.value
        for one in claim_vocabulary.known([word], "en").meanings
        if one.kind == "unit" and len(word) <= _SYMBOL
    )


def _money_before(before: str) -> frozenset[str]:
    match = re.search(r"(USD|EUR|GBP|CHF|[€$£¥₹])\s?-?$", before)
    return (_symbols(match[1]) or claim_vocabulary.unit(match[1])) if match else NO_UNIT


def _bound(before: str) -> int:
    """Whether "more than" or "less than" stands before the number."""
    words = before.replace(">", " > ").replace("<", " < ").replace("≥", " ≥ ").replace("≤", " ≤ ").casefold().split()
    pair = " ".join(words[-2:])
    last = words[-1] if words else ""
    if pair in _UP_PAIRS or last in _UP:
        return 1
    return -1 if pair in _DOWN_PAIRS or last in _DOWN else 0
