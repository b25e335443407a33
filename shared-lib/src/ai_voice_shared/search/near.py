"""What is near to words that no note has: another spelling by a letter or two, and words that begin as they do.

Numbers and codes are near to nothing: 1042 is not 1043. The index finds by its stems what may be near; the text of what
it found tells whether it is, and where (`near_at`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from ai_voice_shared.search.question import parts_asked_for
from ai_voice_shared.search.words import found_by_syllables, stemming, words
from ai_voice_shared.words.number_spelling import Spelled, spelled
from ai_voice_shared.words.spellings import spellings
from ai_voice_shared.words.text_words import Word, cut

_BEGINS = 3
"""Letters of a word by which longer ones are found that begin with it."""

_ALIKE, _MORE_ALIKE = 4, 8
"""Letters of a word in which one may differ: be another, missing, too much, or in its neighbour's place. And two."""

_CUT_OFF = 5
"""Letters that a language's stemmer takes off a word, at most: what was asked may be half of such an ending."""

_MOST = 10
"""Words of one question that are looked for; each is an automaton over all words of the index."""

_MOST_SAID = 10_000
"""Words of a text that may be near; a stretch has about a hundred."""

_LONGEST = 40
"""Letters of a word that something is near to."""


@dataclass(frozen=True)
class Near:
    """What to look for, in the forms that the index holds.

    Attributes:
        alike: words, with the letters in which others may differ from them.
        begins: what words may begin with.
        shorter: words that may be left of longer ones once those are stemmed.
    """

    alike: dict[str, int]
    begins: list[str]
    shorter: list[str]


def asked(question: str, languages: Sequence[str]) -> list[str]:
    """The words that something may be near to; none of a number (in these languages), of a code, or that only asks."""
    found = (word.text for part in parts_asked_for(question) for word in _plain_words(part, languages))
    return list(islice(dict.fromkeys(found), _MOST))


def near(question: str, languages: Sequence[str]) -> Near | None:
    """What to look for in notes of these languages; None where nothing is near to what is asked."""
    wanted = dict.fromkeys(form for word in asked(question, languages) for form in forms(word, languages))
    alike = {form: distance for form in wanted if (distance := _distance(form))}
    begins = [form for form in wanted if len(form) >= _BEGINS]
    shorter = [form[:-count] for form in wanted for count in range(1, _CUT_OFF + 1) if len(form) - count >= _ALIKE]
    return Near(alike, begins, list(dict.fromkeys(shorter))) if begins else None


def near_at(text: str, question: str, language: str) -> list[tuple[int, int]]:
    """From where to before where the text has a word that is near to one of the question's."""
    wanted = [forms(word, (language,)) for word in asked(question, (language,))]
    if not wanted:
        return []
    joined = [Word(*one, unspaced=False) for one in spellings(text, stemming(language))]
    return [
        (word.start, word.end)
        for word in [*cut(text)[:_MOST_SAID], *joined[:_MOST_SAID]]
        if _has_letters_alone(word) and any(_is_near(word.text, asked_as, language) for asked_as in wanted)
    ]


def _plain_words(part: str, languages: Sequence[str]) -> list[Word]:
    """Those of letters alone that are no number and that no sign joins to a figure."""
    found = cut(part)
    numbers = {place for language in languages for one in spelled(found, stemming(language)) for place in _places(one)}
    return [
        word
        for place, word in enumerate(found)
        if place not in numbers
        and _has_letters_alone(word)
        and all(_has_letters_alone(one) or not _joined(part, word, one) for one in found[max(place - 1, 0) : place + 2])
    ]


def _places(number: Spelled) -> range:
    return range(number.first, number.last + 1)


def _joined(part: str, one: Word, other: Word) -> bool:
    between = part[min(one.end, other.end) : max(one.start, other.start)]
    return not any(character.isspace() for character in between)


def _has_letters_alone(word: Word) -> bool:
    figures = any(character.isnumeric() for character in word.text)
    return not (word.unspaced or figures or found_by_syllables(word.text)) and len(word.text) <= _LONGEST


def forms(word: str, languages: Sequence[str]) -> list[str]:
    """The word as it is written, in small letters without accents, and its stems."""
    return list(dict.fromkeys(form for language in ("", *languages) for form in _stems(word, language)))


@lru_cache(maxsize=8192)
def _stems(word: str, language: str) -> tuple[str, ...]:
    return tuple(words(word, language))


def _is_near(said: str, wanted: Sequence[str], language: str) -> bool:
    return any(
        (len(form) >= _BEGINS and one.startswith(form)) or _differ(one, form) <= _distance(form)
        for one in forms(said, (language,))
        for form in wanted
    )


def _distance(form: str) -> int:
    return (len(form) >= _ALIKE) + (len(form) >= _MORE_ALIKE)


def _differ(one: str, other: str) -> int:
    """In how many letters, two that changed places counted as one (optimal string alignment); 3 where in too many."""
    most = _distance(other)
    if abs(len(one) - len(other)) > most:
        return 3
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        last, row = row, [place]
        for at, wanted in enumerate(other, 1):
            cost = min(last[at] + 1, row[-1] + 1, last[at - 1] + (letter != wanted))
            if at > 1 and place > 1 and (letter, one[place - 2]) == (other[at - 2], wanted):
                cost = min(cost, before[at - 2] + 1)
            row.append(cost)
        if min(row) > most and min(last) > most:
            return 3
        before = last
    return row[-1]
