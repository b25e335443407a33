"""Compounds: in languages that write words together, Heizung finds Heizungsventil and Fußbodenheizung.

No list of words has them all, so the company's own notes decide. If a word begins or ends with the asked word, it is a
compound of it if the rest is also a word of the notes. Ball does not find Ballast, unless a note has the word Ast. This
is decided for each question, by all notes at that time. The index holds only words, and does not depend on the order in
which notes came.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from ai_voice_shared.search.question import only_asks, parts_asked_for
from ai_voice_shared.search.words import stemming, words
from ai_voice_shared.words.text_words import cut

type Beginning = Callable[[str, int], list[str]]
"""The words of the index with this beginning, at most so many, the most frequent ones."""

type IsWord = Callable[[str], bool]
"""Whether a word, in the index's form, is in any note."""

_LANGUAGES = frozenset({"da", "de", "fi", "nb", "nl", "nn", "no", "sv"})

_REVERSED = "<"
"""The first character of a word that the index holds backwards; nothing else in the index begins with it."""

_LINKS = ("", "s", "n", "e", "en", "er", "es")
"""Letters that may be between the parts."""

_LONG = 6
"""Letters of the shortest compound, in the index's form."""

_ASKED, _REST = 4, 3
"""The fewest letters of an asked word whose compounds are searched, and of the rest of a compound."""

_SURE, _SURE_REST = 6, 4
"""Letters of a word that is not in a longer one by chance. Then the rest does not have to be a word of the notes."""

_MOST_ASKED, _MOST_FOUND, _MOST = 10, 30, 100
"""Limits: words of a question, compounds of each word that begin (or end) with it, and compounds of all words."""

_SHORTEST, _MOST_PARTS, _A_PART = 8, 3, 4
"""Limits for a word that is split: its fewest letters, its most parts, and the fewest letters of a part on average."""

_BEFORE = "babababa"
"""Put before a word, it is stemmed as the end of a long one: Heizung is, in Fußbodenheizung, without its -ung."""


def endings(held: Iterable[str], language: str) -> list[str]:
    """The words backwards, which the index also holds to find words with the same end as an asked one."""
    if language not in _LANGUAGES:
        return []
    return [f"{_REVERSED}{word[::-1]}" for word in dict.fromkeys(held) if len(word) >= _LONG and word.isalpha()]


def compounds(question: str, languages: Sequence[str], beginning: Beginning, is_word: IsWord) -> list[str]:
    """The compounds of the question's words in notes of these languages, in the index's form."""
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


def parts(word: str, languages: Sequence[str], is_word: IsWord) -> list[str]:
    """The words of the notes of which this one consists, in the index's form; empty if they do not make the whole word.

    It is for a word that no note has: Kellertürschlüssel finds "the key of the cellar door". The fewest parts win.
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return []
    of_each = (_Parting(word.casefold(), language, is_word).best for language in languages if language in _LANGUAGES)
    return next(filter(None, of_each), [])


def made_of(word: str, languages: Sequence[str], some: Iterable[str]) -> list[str]:
    """Those of these compounds, as `compounds` finds them, that the word begins or ends; or its `parts`."""
    stemmed_as = [stemming(language) for language in languages]
    begins = tuple(first for language in ("", *stemmed_as) for first in _stems(word, language))
    ends = tuple(last for language in stemmed_as if language in _LANGUAGES for last in _last_parts(word, language))
    return [one for one in some if one.startswith(begins) or one.endswith(ends) or any(one in form for form in begins)]


@dataclass(frozen=True)
class _Parting:
    """Splits a word of a language into parts; the rest from each letter on is split only once."""

    word: str
    language: str
    is_word: IsWord
    _known: dict[int, list[str]] = field(default_factory=dict)

    @property
    def best(self) -> list[str]:
        found = self._from(0)
        fits = 1 < len(found) <= _MOST_PARTS and len(self.word) >= _A_PART * len(found)
        return found if fits else []

    def _from(self, begin: int) -> list[str]:
        """The fewest parts that make the rest from this letter on, the longest first; empty if there are none."""
        if begin not in self._known:
            ends = range(len(self.word), begin + _REST - 1, -1)
            found = (some for end in ends for some in self._beginning(begin, end) if some)
            self._known[begin] = min(found, key=len, default=[])
        return self._known[begin]

    def _beginning(self, begin: int, end: int) -> Iterator[list[str]]:
        first = self._as_held(self.word[begin:end])
        if first and end == len(self.word):
            yield [first]
        elif first:
            behind = (end + len(link) for link in _LINKS if self.word.startswith(link, end))
            yield from ([first, *others] for place in behind if (others := self._from(place)))

    def _as_held(self, piece: str) -> str:
        """The part as a note has it; empty if no note has it, or if it only forms questions."""
        held = dict.fromkeys(form for language in (self.language, "") for form in _stems(piece, language))
        known = (form for form in held if len(form) >= _REST and not only_asks(form) and self.is_word(form))
        return next(known, "")


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
    """The ends, in the index's form, of words that end with this one."""
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
