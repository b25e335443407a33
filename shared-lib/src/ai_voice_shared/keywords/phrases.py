"""Finds phrases in a sentence by their stems, in one pass over it, however many phrases there are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from ai_voice_shared.keywords.loosely import Loosely
from ai_voice_shared.keywords.misheard import Misheard
from ai_voice_shared.keywords.tokens import Token, stem, tokens
from ai_voice_shared.words.text_words import written_words

_BETWEEN = "\x1f"
_BEGINNING = 3
"""Letters by which it is known at once that two words are not the parts of a known one."""


_LONG = 6
"""Letters of a word that is known again although its ending was misheard."""


class Phrase(NamedTuple):
    """One form of a phrase.

    Attributes:
        stems: in order.
        languages: primary subtags of the sentences in which this form is looked for.
        rule: the number of its rule.
        text: the phrase as it was written.
    """

    stems: tuple[str, ...]
    languages: tuple[str, ...]
    rule: int
    text: str


class Place(NamedTuple):
    """Where a phrase was found (characters)."""

    phrase: Phrase
    begin: int
    stop: int


class Phrases:
    """The phrases of a company in one language."""

    def __init__(self, phrases: Sequence[Phrase], language: str) -> None:
        """Lists them by their stems. Empty for words that are not stemmed."""
        self._phrases = [one for one in phrases if language in one.languages]
        self._language = language
        self._stems = frozenset(one for phrase in self._phrases for one in phrase.stems)
        self._beginnings = frozenset(one[:_BEGINNING] for one in self._stems)
        self._misheard = Misheard(self._stems)
        self._written = {word: one for phrase in self._phrases for word, one in _written(phrase)}
        self._misheard_written = Misheard(self._written)

    def find(self, text: str) -> Iterator[Place]:
        """Where they are in a sentence."""
        if not self._phrases:
            return
        heard = list(self._meant(tokens(text, self._language)))
        if not self._known(heard):
            return
        yield from self._exactly([one for one, _ in heard], alone=True)
        beside = [one._replace(stem=meant or one.stem) for one, meant in heard]
        if any(meant for _, meant in heard):
            yield from self._exactly(beside, alone=False)
        for phrase, first, last in self._loosely.find([one.stem for one in beside]):
            yield Place(phrase, beside[first].begin, beside[last].stop)

    def _known(self, heard: Sequence[tuple[Token, str]]) -> bool:
        return any(meant or one.stem in self._stems for one, meant in heard)

    def _meant(self, heard: Sequence[Token]) -> Iterator[tuple[Token, str]]:
        """The words. One that was written as two is one again, and a misheard one has the stem that was meant.

        Where that is not sure, the word keeps its own stem, and the other one is beside it.
        """
        place = 0
        while place < len(heard):
            one = heard[place]
            whole = "" if one.stem in self._stems else self._whole(heard[place : place + 2])
            if whole:
                yield one._replace(stop=heard[place + 1].stop, stem=whole), ""
            else:
                yield self._corrected(one)
            place += 2 if whole else 1

    def _whole(self, two: Sequence[Token]) -> str:
        """The stem of two words as one, if it is known."""
        if len(two) < 2 or two[0].stem[:_BEGINNING] not in self._beginnings:  # noqa: PLR2004 - two
            return ""
        whole = stem("".join(one.word for one in two), self._language)
        return whole if whole in self._stems else ""

    def _corrected(self, one: Token) -> tuple[Token, str]:
        if one.stem in self._stems:
            return one, ""
        meant, sure = self._misheard.meant(one.stem)
        if not sure and (written := self._misspelled(one.word)):
            meant, sure = self._written[written], True
        return (one._replace(stem=meant), "") if sure else (one, meant)

    def _misspelled(self, heard: str) -> str:
        """The word of a rule that a misheard one stands for, if its ending was so misheard that the stem is another."""
        whole = stem(heard, "")
        for shorter in (whole, whole[:-1], whole[:-2]):
            if len(shorter) < _LONG:
                return ""
            if shorter in self._written:
                return shorter
            meant, sure = self._misheard_written.meant(shorter)
            if sure and len(meant) >= _LONG:
                return meant
        return ""

    def _exactly(self, heard: Sequence[Token], *, alone: bool) -> Iterator[Place]:
        """Phrases whose words are all there; single words only if `alone`."""
        line, begins, ends = _BETWEEN, {}, {}
        for one in heard:
            begins[len(line) - 1] = one.begin
            line += one.stem + _BETWEEN
            ends[len(line) - 1] = one.stop
        for last, (length, some) in self._automaton.iter(line):
            for phrase in some:
                if alone or len(phrase.stems) > 1:
                    yield Place(phrase, begins[last - length + 1], ends[last])

    @cached_property
    def _automaton(self) -> Any:
        import ahocorasick  # noqa: PLC0415 - only where rules are matched

        alike: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in self._phrases:
            alike[_BETWEEN + "".join(one + _BETWEEN for one in phrase.stems)].append(phrase)
        automaton = ahocorasick.Automaton()
        for key, some in alike.items():
            automaton.add_word(key, (len(key), tuple(some)))
        automaton.make_automaton()
        return automaton

    @cached_property
    def _loosely(self) -> Loosely[Phrase]:
        return Loosely([(one.stems, one) for one in self._phrases])


def _written(phrase: Phrase) -> Iterator[tuple[str, str]]:
    """Each word of the phrase, without accents, with its stem."""
    words = written_words(phrase.text)
    if len(words) == len(phrase.stems):
        yield from ((stem(word, ""), one) for word, one in zip(words, phrase.stems, strict=True))
