"""What people say when they ask for something, by language: the tables behind the rules and behind "play 1".

`cue_texts/` holds a file a language, named by its code: a cue's name, a tab, and its text. Lines of one name belong
together. To add a language, add a file. What makes a note of one kind stands beside that kind, in
`ai_voice_shared.intents`.

Accents may be left out, unless the expression has them as escapes: "würden" is a request, "wurden" is none.

Words are separated by spaces. All other cues are regular expressions over lower-case text (`plain`):

    common         words without a subject
    imperatives    verbs that begin an order, in this form
    nouns          those of them that are nouns too; `behind_a_noun`: what shows that they are nouns here
    open_order     the beginning of an order by any other verb, as far as its form and the next word show one
    inside         captures the verb of an order behind a report, with no mark between them
    infinitives    verbs as a dictionary has them; `infinitive`: how other such verbs look
    listed         how the last words of pieces look that may be orders in a row
    finite         of a language whose orders may end with such a verb: words of a sentence that has another verb
    prefixes       what stands before such a verb, in one word; `tail`: what may follow it at the end of an order
    clitics        pronouns that are written at the end of a verb
    hello          greetings; `audience`: whom they greet; `filler`: other words before what a sentence says
    polite         words that ask nicely
    phatic         whole clauses that tell nothing: thanks, wishes, goodbyes
    pleasantry     the beginning of a short note that tells nothing, whatever its next words are: thanks, praise
    request        what a clause says that asks somebody to do something
    need           what a clause says if something is lacking; a short order behind it is about the same thing
    ordered        a whole sentence that only names how many of what, and says please or thanks
    not_asked      what need not be done, or had to be done before
    settled        a whole last clause: what the sentence speaks of is done already
    prohibition    what stands before the verb of an order not to do something
    condition      the beginning of a sentence that says when something is done, and asks nobody to do it now
    breaks         words that begin a clause of their own
    question       the beginning of a question; speech has no question marks
    small_talk     the beginning of a question that the notes cannot answer
    who            captures who has to do it; {name} stands for a name
    leads          the beginning of an order that is no part of what is to be done, e.g. "we have to"
    by_when        until when, in words that name no day
    day_parts      words such as "morning"
    joining        words that join two orders
    causative      the beginning of a clause that goes on with the same thing: "and have it delivered"
    play           the words before the number of a source that somebody wants to hear
    numbers        the words for the numbers from one on
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ai_voice_shared.intents import JobToBeDone

_TEXTS = Path(__file__).parent / "cue_texts"

_NAME = (
    r"((?:(?:mr|mrs|ms|miss|dr|herrn?|frau|fr|señora?|sra?|don|doña|monsieur|madame|mme|senhora?|dona|signora?|"
    r"sig|meneer|mevrouw|mevr|dhr)\b\.? )?[^\W\d_][^\W\d_'’-]+)"
)

_LISTS = frozenset({"common", "imperatives", "infinitives", "nouns", "finite", "day_parts", "numbers"})
_PIECES = frozenset({"prefixes", "clitics", "infinitive"})
"""Expressions without whole words."""

_APOSTROPHES = str.maketrans("’ʼ", "''")  # noqa: RUF001 - the others
_SHORTEST_WORD = 2
_NOTHING = r"(?!)"

LANGUAGES: tuple[str, ...] = tuple(sorted(file.stem for file in _TEXTS.glob("*.tsv")))


@dataclass(frozen=True)
class Words:
    """A list of words, with and without their accents."""

    exact: frozenset[str]
    bare: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Words":
        """The words of a line."""
        exact = frozenset(text.split())
        return cls(exact, frozenset(map(bare, exact)))

    def __contains__(self, word: object) -> bool:
        """Whether a word of a note is one of them. A note may leave accents out; an accent more is another word."""
        return word in self.exact or word in self.bare


@dataclass(frozen=True)
class Cues:
    """One language's cues. A table is read, and an expression compiled, when it is first needed."""

    language: str

    def words(self, name: str) -> Words:
        """A list of words; empty if the language has none."""
        return _words(self.language, name)

    def pattern(self, name: str) -> re.Pattern[str]:
        """An expression, which matches nothing if the language has none."""
        return _pattern(self.language, name)

    @property
    def job(self) -> re.Pattern[str]:
        """What a clause says that asks for something."""
        return lenient(JobToBeDone.cues.get(self.language, _NOTHING))

    @property
    def numbers(self) -> tuple[str, ...]:
        """The words for one, two and so on."""
        return tuple(_table(self.language)["numbers"].split())

    @property
    def all_words(self) -> frozenset[str]:
        """The words of all its cues."""
        return _all_words(self.language)


def cues_of(language: str) -> Cues:
    """The cues of a language; of English, if it has none."""
    return Cues(language if language in LANGUAGES else "en")


def plain(text: str) -> str:
    """The text as the cues read it: lower case, one kind of apostrophe; of the same length as in NFC."""
    written = unicodedata.normalize("NFC", text)
    small = written.lower()
    return (small if len(small) == len(written) else "".join(map(_small, written))).translate(_APOSTROPHES)


def word_list(said: str) -> list[str]:
    """The words of a text."""
    return re.findall(r"[^\W\d_]+", said)


def bare(word: str) -> str:
    """The word without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


@cache
def lenient(expression: str) -> re.Pattern[str]:
    """The expression, for notes that leave accents out too."""
    return re.compile(re.sub(r"\[[^\]]*\]|[^\x00-\x7f]", _also_bare, expression))


def _small(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter


def _also_bare(found: re.Match[str]) -> str:
    written = found[0]
    without = "".join(one for letter in written if letter.isalpha() and (one := bare(letter)) != letter)
    if not without or not without.isascii():
        return written
    return f"[{written}{without}]" if len(written) == 1 else written[:-1] + without + "]"


@cache
def _words(language: str, name: str) -> Words:
    return Words.of(_table(language).get(name, ""))


@cache
def _all_words(language: str) -> frozenset[str]:
    said = "\n".join(text for name, text in _table(language).items() if name not in _PIECES)
    return frozenset(word for word in word_list(re.sub(r"\\.|\[[^\]]*\]", " ", said)) if len(word) >= _SHORTEST_WORD)


@cache
def _pattern(language: str, name: str) -> re.Pattern[str]:
    expression = _table(language).get(name, _NOTHING).replace("{name}", _NAME)
    accents_count = name == "question"
    return re.compile(expression) if accents_count else lenient(expression)


@cache
def _table(language: str) -> dict[str, str]:
    """A language's cues by name: lists of words are put together, expressions become alternatives."""
    table: dict[str, str] = {}
    for line in (_TEXTS / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
        name, _, text = line.partition("\t")
        between = " " if name in _LISTS else "|"
        table[name] = f"{table[name]}{between}{text}" if name in table else text
    return table
