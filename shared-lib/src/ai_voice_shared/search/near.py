"""Words that are similar to words that no note has: they differ in a letter or two, or begin with them.

Numbers and codes have no similar words: 1042 is not 1043. The index finds possible similar words by its stems. The text
of a result then decides whether a word is similar, and where it is (`near_at`).
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
"""The fewest letters of a word that finds longer words with the same beginning."""

_ALIKE, _MORE_ALIKE = 4, 8
"""The fewest letters of a word in which one letter may differ (be another, missing, extra, or swapped); and two."""

_CUT_OFF = 5
"""The most letters that a language's stemmer removes from a word; the asked word may have half of such an ending."""

_MOST = 10
"""The most words of one question; each is an automaton over all words of the index."""

_MOST_SAID = 10_000
"""The most words of a text that are compared; a passage has about a hundred."""

_LONGEST = 40
"""The fewest letters of a word that can have similar words."""


@dataclass(frozen=True)
class Near:
    """What to search, in the index's forms.

    Attributes:
        alike: words, and in how many letters others may differ from them.
        begins: beginnings of words.
        shorter: words that a stemmer may leave of longer ones.
    """

    alike: dict[str, int]
    begins: list[str]
    shorter: list[str]


def asked(question: str, languages: Sequence[str]) -> list[str]:
    """The words that can have similar words: no numbers (in these languages), codes, or words that form questions."""
    found = (word.text for part in parts_asked_for(question) for word in _plain_words(part, languages))
    return list(islice(dict.fromkeys(found), _MOST))


def near(question: str, languages: Sequence[str]) -> Near | None:
    """What to search in notes of these languages; None if the question can have no similar words."""
    wanted = dict.fromkeys(form for word in asked(question, languages) for form in forms(word, languages))
    alike = {form: distance for form in wanted if (distance := _distance(form))}
    begins = [form for form in wanted if len(form) >= _BEGINS]
    shorter = [form[:-count] for form in wanted for count in range(1, _CUT_OFF + 1) if len(form) - count >= _ALIKE]
    return Near(alike, begins, list(dict.fromkeys(shorter))) if begins else None


def near_at(text: str, question: str, language: str) -> list[tuple[int, int]]:
    """The places (from, up to) of the text's words that are similar to one of the question's."""
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
    """The words of letters only that are not a number and are not joined to a figure by a sign."""
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
    """The word in lower case without accents, and its stems."""
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
    """In how many letters they differ; two swapped letters count as one (optimal string alignment); 3 if too many."""
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
