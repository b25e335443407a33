"""Makes of a sentence what a bad recogniser would hear: each word goes wrong with the same probability.

Of 100 wrong words, 45 sound alike (14 of them in another inflection, 16 with one letter changed, 7 with two, 8 cut in
two), 20 are another word of the language, 20 are missing, and 15 have a word too many beside them.
"""

import random
from collections.abc import Iterator, Sequence

_KINDS = {"ending": 14, "letter": 16, "letters": 7, "cut": 8, "other": 20, "missing": 20, "more": 15}
_SOUNDS = {
    "a": "eo", "b": "pv", "c": "ksz", "d": "t", "e": "ia", "f": "v", "g": "kj", "i": "ey", "j": "gi", "k": "cg",
    "l": "r", "m": "n", "n": "m", "o": "ua", "p": "b", "q": "k", "r": "l", "s": "zc", "t": "d", "u": "o", "v": "bfw",
    "w": "v", "x": "s", "y": "i", "z": "s",
}  # fmt: skip
"""What a letter is heard as. A letter can also be lost, or be heard twice."""

_ENDINGS = ("s", "e", "n", "t", "")
_CUT = 8
"""Letters of a word that may be heard as two words."""


def misheard(words: Sequence[str], rate: float, others: Sequence[str], chance: random.Random) -> list[str]:
    """The words as they are heard; `others` are words of the language."""
    return [heard for word in words for heard in _heard(word, rate, others, chance)]


def _heard(word: str, rate: float, others: Sequence[str], chance: random.Random) -> Iterator[str]:
    kind = chance.choices(list(_KINDS), list(_KINDS.values()))[0] if chance.random() < rate else ""
    match kind:
        case "missing":
            return
        case "other":
            yield chance.choice(others)
        case "more":
            yield from (word, chance.choice(others))
        case "cut" if len(word) >= _CUT:
            place = chance.randrange(3, len(word) - 2)
            yield from (word[:place], word[place:])
        case "ending":
            yield (word[:-1] if len(word) > 2 else word) + chance.choice(_ENDINGS)
        case "letter" | "cut":
            yield _changed(word, chance)
        case "letters":
            yield _changed(_changed(word, chance), chance)
        case _:
            yield word


def _changed(word: str, chance: random.Random) -> str:
    """One letter is another one, lost, or heard twice."""
    place = chance.randrange(len(word))
    letter = word[place]
    heard = chance.choice([*_SOUNDS.get(letter.lower(), letter), "", letter * 2])
    return word[:place] + heard + word[place + 1 :] or word
