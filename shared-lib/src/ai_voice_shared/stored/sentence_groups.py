"""Written text in groups of whole sentences, each about as long as a segment of speech, so that a citation is short."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ai_voice_shared.words.sentences import sentences, tokens
from ai_voice_shared.words.text_words import cut, holds_unspaced, is_unspaced, written_words

LONGEST = 240
"""Letters of a group. The longest segment of speech, 15 seconds, has about as many; in meetings, 93 in 100 turns of a
speaker have no more (QMSum's training split)."""

LONGEST_SENTENCE = 600
"""Letters of a sentence that stays whole: as much as a citation shows of a sentence, beside its quote."""

_DENSE = "[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
_OF_DENSE = 3
"""Letters that a character of Han, kana or Hangul counts as: a second of speech has so many fewer of them."""

_UNSPACED = "[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff]"
"""Han, kana and their marks."""

_FULL_STOP = re.compile(r"\.\W*$")

_ABBREVIATED = 3
"""Letters of a word that may be an abbreviation, in whatever language; a number may be an ordinal ("am 13. Mai"). Where
its full stop ends a sentence, two sentences stay together, which does no harm."""

_LONGER = frozenset(
    ["appt", "approx", "bspw", "corp", "dept", "dipl", "evtl", "exkl", "febr", "inkl", "prof", "sept", "univ", "zzgl"]
)

_LOOKED_AT = 24
"""Characters in front of a possible border: more than the longest abbreviation with closing marks has."""

type Span = tuple[int, int]
"""Begin and end in the text (characters)."""

type _Cutter = Callable[[str], Sequence[Span]]
"""The pieces of a text, in order; between them is nothing but white space."""


class Group(NamedTuple):
    """A stretch of a paragraph.

    Attributes:
        goes_on: whether its last sentence does not end in it, being longer than `LONGEST_SENTENCE`.
    """

    begin: int
    end: int
    goes_on: bool


def weight(text: str) -> int:
    """How long the text is, in letters."""
    return len(text) if text.isascii() else len(text) + (_OF_DENSE - 1) * len(_any_of(_DENSE).findall(text))


@cache
def _any_of(characters: str) -> re.Pattern[str]:
    """Compiled for the first text that needs it: ranges as wide as these cost a cold start milliseconds."""
    return re.compile(characters)


def groups(paragraph: str) -> list[Group]:
    """Groups of at most `LONGEST` letters, or of one sentence; between them is nothing but white space.

    A sentence of more than `LONGEST_SENTENCE` is cut where it hurts least: behind a clause, else between words, and
    between characters only where a script has no spaces.
    """
    found = []
    for begin, end in _packed(paragraph, _sentences(paragraph)):
        if weight(paragraph[begin:end]) <= LONGEST_SENTENCE:
            found.append(Group(begin, end, goes_on=False))
            continue
        parts = list(_parts(paragraph, (begin, end), (_clauses, tokens, _characters)))
        found += [Group(*part, goes_on=place < len(parts)) for place, part in enumerate(parts, 1)]
    return found


def joined(parts: Sequence[str]) -> str:
    """The parts of a sentence with a space between them, which Chinese and Japanese do not have."""
    *others, last = parts
    return "".join(part if _any_of(_UNSPACED).match(part[-1:]) else f"{part} " for part in others) + last


def in_place(texts: Sequence[str], before: Sequence[str], whole: str) -> str:
    """The texts as one, with the white space that stands between those `before` them in the whole.

    They are as many. Where the whole does not begin with those before them, each text is on a line of its own.
    """
    between = _gaps(before, whole) or ["", *["\n"] * (len(texts) - 1), ""]
    end = between[-1] if between[-1].isspace() else ""
    return "".join(gap + text for gap, text in zip(between, texts, strict=False)) + end


def _gaps(texts: Sequence[str], whole: str) -> list[str] | None:
    """The white space before each of the texts, and all that follows the last one; None when they are not there."""
    found = []
    place = 0
    for text in texts:
        begin = place
        while whole[place : place + 1].isspace():
            place += 1
        if not whole.startswith(text, place):
            return None
        found.append(whole[begin:place])
        place += len(text)
    return [*found, whole[place:]]


def _packed(text: str, pieces: Sequence[Span]) -> list[Span]:
    """Neighbours together, as many as have `LONGEST` letters."""
    packed: list[Span] = []
    letters = 0
    for begin, end in pieces:
        added = weight(text[packed[-1][1] : end]) if packed else 0
        if packed and letters + added <= LONGEST:
            packed[-1] = packed[-1][0], end
            letters += added
        else:
            packed.append((begin, end))
            letters = weight(text[begin:end])
    return packed


def _parts(text: str, span: Span, cutters: Sequence[_Cutter]) -> Iterator[Span]:
    """The span by the first of the cutters, and what is too long then by the others; a word stays whole."""
    begin, end = span
    if weight(text[begin:end]) <= LONGEST or not cutters:
        yield span
        return
    pieces = [(begin + first, begin + last) for first, last in cutters[0](text[begin:end])]
    for part in _packed(text, pieces):
        yield from _parts(text, part, cutters[1:])


def _sentences(text: str) -> list[Span]:
    """Those whose end is certain; what may be one sentence stays together."""
    found: list[Span] = []
    for begin, end in sentences(text):
        if found and _may_go_on(text, found[-1], begin):
            found[-1] = found[-1][0], end
        else:
            found.append((begin, end))
    return found


def _may_go_on(text: str, sentence: Span, following: int) -> bool:
    begin, end = sentence
    ending = text[max(begin, end - _LOOKED_AT) : end]
    return text[following].islower() or (_FULL_STOP.search(ending) is not None and _may_be_abbreviated(ending))


def _may_be_abbreviated(ending: str) -> bool:
    words = written_words(ending)
    if not words or is_unspaced(words[-1][0]):
        return False
    word = words[-1].casefold()
    return sum(map(str.isalpha, word)) <= _ABBREVIATED or word in _LONGER


def _clauses(text: str) -> list[Span]:
    """Words up to one with a comma or the like; a full stop in a sentence is one of an abbreviation."""
    found: list[Span] = []
    begins = True
    for begin, end in tokens(text):
        if begins:
            found.append((begin, end))
        else:
            found[-1] = found[-1][0], end
        begins = text[end - 1] != "." and unicodedata.category(text[end - 1]).startswith("P")
    return found


def _characters(text: str) -> list[Span]:
    """Cut before each character of a script without spaces; a word of another one stays whole."""
    borders = [word.start for word in cut(text) if word.unspaced and word.start] if holds_unspaced(text) else []
    return list(zip([0, *borders], [*borders, len(text)], strict=True))
