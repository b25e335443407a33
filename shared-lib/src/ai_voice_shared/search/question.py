"""What a question is about: its words without those that only form questions, its groups of words, and its quotes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, islice
from operator import itemgetter

from ai_voice_shared.search.words import as_one_word, ordered, spelled_words, words
from ai_voice_shared.words.asking_words import ONLY_ASKING, THINGS
from ai_voice_shared.words.text_words import Word, cut, plain

_MOST_WORDS, _MOST_PHRASES, _LONGEST_PHRASE = 100, 5, 20
"""The most words of one question; each word and phrase costs a search in the whole index."""

_JOINING = frozenset("-\u2010\u2011/._")

_QUOTED = re.compile('"([^"]+)"|[\u201c\u201e]([^\u201c\u201d\u201e]+)[\u201c\u201d]|\u00ab([^\u00ab\u00bb]+)\u00bb')


@dataclass(frozen=True)
class Sought:
    """What to search, in the index's forms.

    Attributes:
        words: each once.
        spelled: their other spellings.
        whole: all its words in order, in each language, if no word between them only forms questions.
        phrases: phrases that are required; each has forms, of which one is enough; a form is its words in order.
        of_each: the words in each language.
    """

    words: list[str] = field(default_factory=list)
    spelled: list[str] = field(default_factory=list)
    whole: list[tuple[str, ...]] = field(default_factory=list)
    phrases: list[list[tuple[str, ...]]] = field(default_factory=list)
    of_each: list[list[str]] = field(default_factory=list)


def sought(question: str, languages: tuple[str, ...], *, verbatim: bool = False) -> Sought:
    """What to search in notes of these languages (names of `words.stemming`).

    If a question has too many words, the first ones in each language. A phrase in quotation marks is required only with
    `verbatim`, also its words that only form questions. In a question they are mostly around a title or a saying.
    """
    kept, quoted = _kept(question), _quoted(question) if verbatim else []
    about = " ".join([*kept, *quoted]) or question
    of_each = [words(about, language) for language in languages]
    return Sought(
        _first_once(of_each, _MOST_WORDS),
        _first_once((spelled_words(about, language) for language in languages), _MOST_WORDS),
        _whole(kept, languages),
        [forms for phrase in quoted for forms in _forms(phrase, languages)],
        [some[:_MOST_WORDS] for some in of_each],
    )


def _first_once[T](of_each: Iterable[Iterable[T]], most: int) -> list[T]:
    """The first ones of each, none twice."""
    return list(dict.fromkeys(one for some in of_each for one in islice(dict.fromkeys(some), most)))


def _whole(parts: Sequence[str], languages: Sequence[str]) -> list[tuple[str, ...]]:
    if len(parts) != 1:
        return []
    in_order = (words_ for language in languages for words_ in ordered(parts[0], language))
    return list(dict.fromkeys(tuple(words_) for words_ in in_order if 1 < len(words_) <= _LONGEST_PHRASE))


def _forms(quoted: str, languages: Sequence[str]) -> list[list[tuple[str, ...]]]:
    """The required phrases, with the forms of each in all languages; for one name or number also its one-word form."""
    of_each = [ordered(quoted, language) for language in languages]
    found = [list(dict.fromkeys(map(tuple, forms))) for forms in zip(*of_each, strict=True) if forms[0]]
    if len(found) == 1:
        found[0] += [(one,) for language in languages for one in as_one_word(quoted, language)]
    return found


def _quoted(question: str) -> list[str]:
    """The parts in quotation marks that have a word."""
    quoted = (next(filter(None, found.groups())) for found in _QUOTED.finditer(question))
    return [text for text in islice(quoted, _MOST_PHRASES) if cut(text)]


def parts_asked_for(question: str) -> list[str]:
    """The parts of the question between words that only form questions, as they are written; empty if all words do."""
    return _kept(question)


def telling(question: str) -> list[str]:
    """The words that say what the question is about; if all only form questions, the things among them, if any."""
    return _kept(question) or [word.text for word in cut(question) if plain(word.text) in _known_things()]


def capitals_name(question: str) -> bool:
    """Whether a capital in the sentence makes a name, as in all languages except German."""
    return _language([plain(word.text) for word in cut(question)]) != "de"


def only_asks(word: str) -> bool:
    """Whether the word, in lower case and without accents, only forms questions in some language."""
    return word in _bare_words()


def demands_phrases(question: str) -> bool:
    """Whether something is in quotation marks."""
    return bool(_quoted(question))


def cleaned(question: str) -> str:
    """The question without words that only form questions; the whole question if it has no others."""
    return " ".join(_kept(question)) or question


def asks_for_all(question: str) -> bool:
    """Whether it has only words that form questions: "what was said?"."""
    return not _kept(question)


def _kept(question: str) -> list[str]:
    """The parts of the question between words that only form questions, as they are written.

    Such a word stays if a sign joins it to another one: shut-off is one thing.
    """
    asked = cut(question)
    only_asking = _only_asking([plain(word.text) for word in asked])
    joined = _joined(question, asked)
    kept = ((some, any(plain(word.text) not in only_asking for word in some)) for some in joined)
    parts = (list(alike) for is_kept, alike in groupby(kept, key=itemgetter(1)) if is_kept)
    return [question[some[0][0][0].start : some[-1][0][-1].end] for some in parts]


def _joined(question: str, asked: Sequence[Word]) -> list[list[Word]]:
    """The words; words joined by a sign are together."""
    joined: list[list[Word]] = []
    for word in asked:
        if joined and question[joined[-1][-1].end : word.start] in _JOINING:
            joined[-1].append(word)
        else:
            joined.append([word])
    return joined


def _only_asking(asked: list[str]) -> frozenset[str]:
    """Those of the question's language, so that the words of one language do not harm another."""
    return _WORDS[_language(asked)]


def _language(asked: list[str]) -> str:
    """The language with which the question shares most small words."""
    return max(_WORDS, key=lambda language: sum(word in _WORDS[language] for word in asked))


_WORDS = {language: frozenset(known.split()) for language, known in ONLY_ASKING.items()}


@cache
def _known_things() -> frozenset[str]:
    return frozenset(THINGS.split())


@cache
def _bare_words() -> frozenset[str]:
    return frozenset(bare for known in ONLY_ASKING.values() for bare in words(known, ""))
