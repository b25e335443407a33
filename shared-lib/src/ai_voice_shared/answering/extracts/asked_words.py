"""The words of a question that say what it is about, in the index's forms, so that no result is lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ai_voice_shared.answering.extracts import tables
from ai_voice_shared.answering.passages import Found
from ai_voice_shared.search.compounds import made_of
from ai_voice_shared.search.question import capitals_name, telling
from ai_voice_shared.search.words import spelled_words, words
from ai_voice_shared.times.spans import folded
from ai_voice_shared.words.text_words import cut, is_unspaced

_MOST_WORDS = 100
"""The most words of one question, as in the search."""


_LONG = 5
"""Letters that related words share at their beginning."""


@dataclass(frozen=True, eq=False)
class Word:
    """A word of a question.

    Attributes:
        text: as written.
        forms: those of each language of the results, since a stem of one may be another word of another.
        named: whether it is a name, a number or a code.
        extra: whether it is only another form of words that are there, too: nothing lacks if a sentence has it not.
    """

    text: str
    forms: Mapping[str, frozenset[str]]
    named: bool
    extra: bool = False

    @property
    def is_light(self) -> bool:
        """Whether it says little, such as "new"."""
        return folded(self.text) in tables.row("light")

    def stands_in(self, held: frozenset[str], language: str) -> bool:
        """Whether one of its forms is among these words of the language."""
        return not self.forms[language].isdisjoint(held)

    def is_related(self, begun: frozenset[str], language: str) -> bool:
        """Whether a word begins as it does; `begun` are `beginnings` of words of the language."""
        return not beginnings(self.forms[language]).isdisjoint(begun)


def beginnings(forms: Iterable[str]) -> frozenset[str]:
    """Of the longer ones: "insur" for insurance and insured, "liefe" for geliefert."""
    some = (form.removeprefix("ge") if len(form) > _LONG else form for form in forms)
    return frozenset(form[:_LONG] for form in some if len(form) >= _LONG and form.isalpha())


def asked_words(question: str, found: Sequence[Found]) -> list[Word]:
    """The question's words with a subject, in the languages of the results, with their found compounds."""
    languages = tuple(dict.fromkeys(one.note.language for one in found))
    compounds = tuple(dict.fromkeys(compound for one in found for compound in one.compounds))
    text, names = " ".join(telling(question)), _names(question)
    forms = [
        Word(word.text, _by_language(word.text, languages, compounds), word.text in names)
        for word in cut(text)[:_MOST_WORDS]
        if not word.unspaced
    ]
    others = [pair for pair in words(text, "") if is_unspaced(pair[0])]
    others += [spelled for language in languages for spelled in spelled_words(text, language)]
    others = list(dict.fromkeys(others))[:_MOST_WORDS]
    return [*forms, *(_extra(other, languages) for other in others)]


def _by_language(word: str, languages: tuple[str, ...], compounds: tuple[str, ...]) -> dict[str, frozenset[str]]:
    made = made_of(word, languages, compounds)
    return {language: frozenset([*_forms(word, language), *made]) for language in languages}


def _extra(other: str, languages: Sequence[str]) -> Word:
    return Word(other, dict.fromkeys(languages, frozenset({other})), _has_figure(other), extra=True)


def _forms(word: str, language: str) -> list[str]:
    """Those of the word, of its other spellings, and of words that mean the same."""
    others = " ".join(tables.same(word, language))
    return words(word, language) + spelled_words(word, language) + (words(others, language) if others else [])


def _names(question: str) -> set[str]:
    """The words with a figure in them, and those with a capital that do not begin the question."""
    written = [word.text for word in cut(question)]
    capitals = [word for word in written[1:] if word[0].isupper()] if capitals_name(question) else []
    return {*capitals, *filter(_has_figure, written)}


def _has_figure(word: str) -> bool:
    return any(character.isnumeric() for character in word)
