"""Which words of a company's glossary an engine may have misheard, and where a second text has them right.

A small model that gets a whole glossary as a hint repeats it, or writes nothing. It copes with the few words that sound
like something of which it was not sure. Its second text is used for these words alone: behind them it often goes on
with more than was said.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_MOST = 4
"""Words for one window."""
_SURE = 0.65
"""The probability from which on a model has heard a word right: it gives misheard names less."""
_SOUNDS_LIKE = 0.6
"""The share of letters that a word and what was heard have in common, after `_plain`."""
_SHORTEST = 4
"""Letters; everything sounds like a shorter word."""
_SPLIT = 2
"""A word is often heard as so many more."""

_WORD = re.compile(r"\w+")
_AROUND = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)
_ALIKE = str.maketrans("cqzvwyj", "kksffii")
"""Letters that stand for one sound in some language, and what they are compared as."""
_DOUBLE = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class Correction:
    """A text for some words of a window, the first and the last by their number; marks and blanks around it stay."""

    first: int
    last: int
    text: str


def misheard(words: Sequence[str], sure: Sequence[float], keywords: Sequence[str]) -> tuple[str, ...]:
    """The keywords that sound like words of which the model is not sure, the likeliest first.

    Args:
        words: what was heard in a window, with marks and the blanks between words.
        sure: the probability of each.
        keywords: of the company.
    """
    heard = [_plain(word) for word in words]
    doubtful = {at for at, probability in enumerate(sure) if probability < _SURE}
    text = "".join(words)
    near = {one: _likest(one, heard, doubtful)[0] for one in keywords if doubtful and not _stands(one, text)}
    found = sorted((one for one in near if near[one] >= _SOUNDS_LIKE), key=lambda one: -near[one])
    return tuple(found[:_MOST])


def corrections(words: Sequence[str], other: Sequence[str], keywords: Sequence[str]) -> list[Correction]:
    """Where the other text of the same window has a keyword in the place of words that sound like it."""
    heard, new = ([_plain(word) for word in text] for text in (words, other))
    return [
        correction
        for what, first, behind, begin, end in SequenceMatcher(None, heard, new, autojunk=False).get_opcodes()
        if what == "replace"
        for correction in _inside(words, range(first, behind), "".join(other[begin:end]), keywords)
    ]


def _inside(words: Sequence[str], places: range, new: str, keywords: Sequence[str]) -> Iterator[Correction]:
    heard = [_plain(word) if at in places else "" for at, word in enumerate(words)]
    for keyword in keywords:
        likeness, first, last = _likest(keyword, heard, {at for at in places if heard[at]})
        if likeness >= _SOUNDS_LIKE and _stands(keyword, new):
            before, _, _ = _parted(words[first])
            _, _, behind = _parted(words[last])
            yield Correction(first, last, f"{before}{keyword}{behind}")
            heard[first : last + 1] = [""] * (last + 1 - first)


def _likest(keyword: str, heard: Sequence[str], among: set[int]) -> tuple[float, int, int]:
    """How like the keyword the likest words are that have one of `among`; the first and the last of them."""
    wanted = _plain(keyword)
    if len(wanted) < _SHORTEST:
        return 0.0, 0, 0
    most = len(_WORD.findall(keyword)) + _SPLIT
    spans = {
        (begin, begin + more) for at in among for begin in range(max(0, at - most + 1), at + 1) for more in range(most)
    }
    fitting = ((first, last) for first, last in spans if last < len(heard) and among & set(range(first, last + 1)))
    return max(
        ((_in_common(wanted, heard[first : last + 1]), first, last) for first, last in fitting), default=(0.0, 0, 0)
    )


def _in_common(wanted: str, heard: Sequence[str]) -> float:
    return SequenceMatcher(None, wanted, "".join(heard), autojunk=False).ratio() if all(heard) else 0.0


def _stands(keyword: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(keyword)}(?!\w)", text, re.IGNORECASE) is not None


def _parted(word: str) -> tuple[str, ...]:
    """What is before its letters, they, and what is behind them."""
    found = _AROUND.fullmatch(word)
    return found.groups() if found else ("", word, "")


def _plain(text: str) -> str:
    """Its letters in lower case, without accents, alike ones as one."""
    letters = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if one.isalnum())
    return _DOUBLE.sub(r"\1", letters.replace("ph", "f").translate(_ALIKE))
