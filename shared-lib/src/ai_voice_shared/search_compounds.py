"""Compounds: where words are written as one, Heizung finds Heizungsventil and Fußbodenheizung.

No list of words knows them all, so the company's own notes tell: a word that begins or ends as the asked one is a
compound of it where the rest is a word of the notes, too. Ball does not find Ballast, unless a note has the word Ast.
What is a compound is decided when a question is asked, by all notes there are then. The index holds words alone, and
does not depend on the order in which notes came.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from ai_voice_shared.search_question import only_asks, parts_asked_for
from ai_voice_shared.search_words import stemming, words
from ai_voice_shared.text_words import cut

type Beginning = Callable[[str, int], list[str]]
"""The words of the index that begin so, at most so many, the most frequent ones."""

type IsWord = Callable[[str], bool]
"""Whether a word, as the index holds it, is in some note."""

_LANGUAGES = frozenset({"da", "de", "fi", "nb", "nl", "nn", "no", "sv"})

_REVERSED = "<"
"""Begins what the index holds of a word's letters from last to first; nothing else in it begins so."""

_LINKS = ("", "s", "n", "e", "en", "er", "es")
"""What may stand between the parts."""

_LONG = 6
"""Letters of the shortest word that is taken for a compound, as the index holds it."""

_ASKED, _REST = 4, 3
"""Letters of a word that compounds are looked for, as it is asked, and of the rest of one."""

_SURE, _SURE_REST = 6, 4
"""Letters of a word that stands in a longer one by no chance, so that the rest needs not be a word of the notes."""

_MOST_ASKED, _MOST_FOUND, _MOST = 10, 30, 100
"""Words of a question that are looked for, compounds of each that begin (or end) as it does, and of all together."""

_BEFORE = "babababa"
"""Put before a word, it is stemmed as the end of a long one: Heizung is, in Fußbodenheizung, without its -ung."""


def endings(held: Iterable[str], language: str) -> list[str]:
    """What the index has to hold beside these words, so that those are found that end as an asked one does."""
    if language not in _LANGUAGES:
        return []
    return [f"{_REVERSED}{word[::-1]}" for word in dict.fromkeys(held) if len(word) >= _LONG and word.isalpha()]


def compounds(question: str, languages: Sequence[str], beginning: Beginning, is_word: IsWord) -> list[str]:
    """The compounds of the question's words that are in notes of these languages, as the index holds them."""
    some = [language for language in languages if language in _LANGUAGES]
    asked = (word.text for part in (parts_asked_for(question) if some else ()) for word in cut(part))
    long = dict.fromkeys(word for word in asked if len(word) >= _ASKED and word.isalpha())
    found = (
        compound
        for word in islice(long, _MOST_ASKED)
        for language in some
        for compound in _of_one(word, language, beginning, is_word)
    )
    return list(islice(dict.fromkeys(found), _MOST))


def made_of(word: str, languages: Sequence[str], some: Iterable[str]) -> list[str]:
    """Those of these compounds, as `compounds` finds them, that the word begins or ends."""
    stemmed_as = [stemming(language) for language in languages]
    begins = tuple(first for language in ("", *stemmed_as) for first in _stems(word, language))
    ends = tuple(last for language in stemmed_as if language in _LANGUAGES for last in _last_parts(word, language))
    return [one for one in some if one.startswith(begins) or one.endswith(ends)]


def _of_one(word: str, language: str, beginning: Beginning, is_word: IsWord) -> Iterator[str]:
    sure = len(_stems(word, language)[0]) >= _SURE
    for first in dict.fromkeys([*_stems(word, ""), *_stems(word, language)]):
        for found in beginning(first, _MOST_FOUND) if len(first) >= _REST else ():
            rests = [found[len(first) + len(link) :] for link in _LINKS if found.startswith(first + link)]
            if len(found) >= _LONG and _any_is_word(rests, language, is_word, sure=sure):
                yield found
    for last in _last_parts(word, language):
        for found in beginning(_REVERSED + last[::-1], _MOST_FOUND) if len(last) >= _REST else ():
            rest = found[:0:-1].removesuffix(last)
            rests = [rest.removesuffix(link) for link in _LINKS if rest.endswith(link)]
            if _any_is_word(rests, language, is_word, sure=sure):
                yield rest + last


def _last_parts(word: str, language: str) -> list[str]:
    """How words end, as the index holds them, that end as this one."""
    ends = [stem.removeprefix(_BEFORE) for stem in _stems(_BEFORE + word, language) if stem.startswith(_BEFORE)]
    return list(dict.fromkeys([*ends, *_stems(word, "")]))


def _any_is_word(rests: Sequence[str], language: str, is_word: IsWord, *, sure: bool) -> bool:
    if not rests[0] or only_asks(rests[0]):
        return False
    some = [rest for rest in rests if len(rest) >= _REST and not only_asks(rest)]
    if sure and len(rests[0]) >= _SURE_REST:
        return True
    return any(is_word(form) for rest in some for form in (rest, *_stems(rest, language)))


@lru_cache(maxsize=8192)
def _stems(word: str, language: str) -> tuple[str, ...]:
    return tuple(words(word, language)) or (word,)
