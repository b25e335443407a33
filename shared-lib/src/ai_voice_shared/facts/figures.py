"""A text with its numbers as figures, so that "fifty two" and 52 are one; and in one script's digits."""

import re
import unicodedata

from ai_voice_shared.words.languages import primary
from ai_voice_shared.words.number_spelling import spelled
from ai_voice_shared.words.text_words import cut, holds_unspaced

_WORDS_TOO = {
    "fr": {"neuf", "neuve"},
    "it": {"sei", "mille"},
    "tr": {"yuz", "on", "alti", "yedi", "bin", "kirk"},
    "hu": {"hat"},
    "fi": {"kuusi"},
    "de": {"acht"},
}
"""Number words that are other words, too; alone, they do not count as numbers."""

_TIMES_OVER = {
    "twice": 2,
    "thrice": 3,
    "zweimal": 2,
    "dreimal": 3,
    "zweit": 2,
    "dritt": 3,
    "viert": 4,
    "viermal": 4,
    "fünfmal": 5,
    "tweemaal": 2,
    "дважды": 2,
}
_PLACES = {
    "en": "second third fourth fifth sixth seventh eighth ninth tenth",
    "de": "zweite dritte vierte fünfte sechste siebte achte neunte zehnte",
    "fr": "deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "es": "segundo tercero cuarto quinto sexto séptimo octavo noveno décimo",
    "nl": "tweede derde vierde vijfde zesde zevende achtste negende tiende",
}
"""Places in a row, from the second on."""

_ALWAYS_SAID = ("0", "1")


def figured(text: str, language: str, *, certain: bool = False) -> str:
    """The text with figures for the number words of the language (BCP 47).

    `certain`: words that may be something else are left as they are.
    """
    return _with_figures(_in_ascii_digits(text), language, certain=certain)


def _in_ascii_digits(text: str) -> str:
    """The same length; other scripts' digits and decimal marks as ours."""
    same = "".join(
        str(unicodedata.digit(one))
        if one.isdigit() and not one.isascii() and unicodedata.category(one) == "Nd"
        else one
        for one in text
    )
    same = same.replace("\u066b", ".").replace("\u066c", ",").replace("\u2212", "-")
    if not holds_unspaced(same):
        return same
    return re.sub(r"(?<=\d)(?=[^\x00-\u2fff])|(?<=[^\x00-\u2fff])(?=\d)", " ", same)


def _with_figures(text: str, language: str, *, certain: bool) -> str:
    """The text with figures for number words; those who count things rarely mean "one" by one."""
    code = primary(language)
    words = cut(text)
    pieces, end = [], 0
    for number in spelled(words, "nb" if code in {"no", "nn"} else code):
        first, last = words[number.first], words[number.last]
        alone = first is last and first.text.casefold() in _WORDS_TOO.get(code, ())
        if number.digits in _ALWAYS_SAID or (certain and alone) or any(one.isdigit() for one in first.text):
            continue
        pieces += [text[end : first.start], number.digits]
        end = last.end
    return _with_places("".join([*pieces, text[end:]]), code)


def _with_places(text: str, code: str) -> str:
    """The text with figures for "twice" and "third", where no number stands before it ("a 30 second test")."""
    places = {word: number for number, word in enumerate(_PLACES.get(code, "").split(), 2)}
    known = {**_TIMES_OVER, **places}

    def figures(match: re.Match[str]) -> str:
        word = match[0].casefold()
        bare = word if word in known else re.sub(r"(?<=e)[nrsm]$|(?<=[oa])s$", "", word)
        bare = bare[:-1] + "o" if code == "es" and bare.endswith("a") else bare
        return str(known[bare]) if bare in known else match[0]

    with_halves = re.sub(r"\b(\d+) and a half\b", r"\1.5", text) if code == "en" else text
    return re.sub(r"(?<!\d )(?<!\d)\b[^\W\d_]{5,}\b", figures, with_halves)
