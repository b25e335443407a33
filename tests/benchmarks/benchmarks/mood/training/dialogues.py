"""Makes service dialogues from templates: sentences of a customer and an agent, each of the customer's with its class.

The dialogues are the project's own, made up by nobody else, under its licence. A template is a line
`class<TAB>sentence`; a line `{name}<TAB>one|other` says what can stand for `{name}` in it.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ai_voice_shared.mood.features import BEFORE, Spoken
from benchmarks.rules.sentences import tuned

FOLDER = Path(__file__).parent / "templates"
MARKS = {"-": 0, "=": 1, "+": 2}
"""A class's mark, and its place in `polarity.CLASSES`."""

_AS_OFTEN = 8
"""About as often as a line with a word to choose, so that the classes stay in balance."""

_SLOT = re.compile(r"\{(\w+)\}")
_MOODS = {"-": (0.50, 0.45, 0.05), "=": (0.17, 0.68, 0.15), "+": (0.05, 0.45, 0.50)}
"""How often negative, neutral and positive follow a mood: people stay in a mood for a while."""

_HESITATIONS = {
    "en": ("well", "you know", "look", "listen", "um", "I mean", "to be honest", "but", "and", "so"),
    "de": ("also", "na ja", "hören Sie", "äh", "ich meine", "ehrlich gesagt", "aber", "und", "ja"),
    "es": ("bueno", "mire", "oiga", "eh", "o sea", "la verdad", "pero", "y", "pues"),
    "fr": ("bon", "écoutez", "euh", "enfin", "franchement", "mais", "et", "alors", "ben"),
    "pt": ("bom", "olhe", "escute", "é", "quer dizer", "sinceramente", "mas", "e", "então"),
    "it": ("beh", "guardi", "senta", "ehm", "cioè", "sinceramente", "ma", "e", "allora"),
    "nl": ("nou", "kijk", "luister", "eh", "ik bedoel", "eerlijk gezegd", "maar", "en", "dus"),
}


@dataclass(frozen=True)
class Example:
    """A customer's sentence, its class (a place in `polarity.CLASSES`), and the sentences before it."""

    text: str
    class_: int
    before: tuple[Spoken, ...]


@dataclass(frozen=True)
class Templates:
    """The templates of a language."""

    language: str
    slots: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, language: str) -> "Templates":
        """Those of the language's file."""
        read = cls(language)
        for line in (FOLDER / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
            mark, _, text = line.partition("\t")
            if slot := _SLOT.fullmatch(mark):
                read.slots[slot[1]] = text.split("|")
            else:
                read.lines.setdefault(mark, []).append(text)
        return read

    def sentence(self, mark: str, rng: random.Random) -> str:
        """A sentence of the class, or of the agent ("a"); one in six is two in one, one in five begins hesitating."""
        text = self._filled(mark, rng)
        if mark != "a" and rng.random() < 1 / 6:
            second = mark if rng.random() < 1 / 2 else "="
            parts = [text, self._filled(second, rng)]
            rng.shuffle(parts)
            text = " ".join(parts)
        return f"{rng.choice(_HESITATIONS[self.language])}, {text}" if rng.random() < 1 / 5 else text

    def each(self, rng: random.Random) -> Iterator[Example]:
        """Every sentence with every word of its first slot, as if it began a call: so that no word is left out."""
        for mark, class_ in MARKS.items():
            for line in self.lines[mark]:
                slot = _SLOT.search(line)
                for word in self.slots[slot[1]] if slot else [""] * _AS_OFTEN:
                    yield Example(self._fill(line.replace(slot[0], word, 1) if slot else line, rng), class_, ())

    def _filled(self, mark: str, rng: random.Random) -> str:
        return self._fill(rng.choice(self.lines[mark]), rng)

    def _fill(self, line: str, rng: random.Random) -> str:
        return _SLOT.sub(lambda slot: rng.choice(self.slots[slot[1]]), line)


def dialogue(templates: Templates, rng: random.Random) -> Iterator[Example]:
    """The customer's sentences of one call."""
    said: list[Spoken] = []
    mood = "="
    for _ in range(rng.randrange(6, 15)):
        if rng.random() < 9 / 20:
            said.append(Spoken(templates.sentence("a", rng), by_customer=False))
            continue
        mood = rng.choices("-=+", _MOODS[mood])[0]
        text = templates.sentence(mood, rng)
        yield Example(text, MARKS[mood], tuple(said[-BEFORE:]))
        said.append(Spoken(text, by_customer=True))


def examples(count: int, seed: int) -> list[Example]:
    """Every sentence once, and the examples of so many dialogues a language; the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - not a secret
    made: list[Example] = []
    for language in sorted(file.stem for file in FOLDER.glob("*.tsv")):
        templates = Templates.read(language)
        made += templates.each(rng)
        for _ in range(count):
            made += dialogue(templates, rng)
    made += (Example(text, MARKS["="], ()) for text in background())
    rng.shuffle(made)
    return made


def background() -> list[str]:
    """What people say when nothing is wrong: without it, any talk that is new to the model sounds like a complaint.

    In English, sentences of people who chat (chitchat-dataset 0.9.0, MIT; background_en.LICENSE), without names. In the
    other languages, notes of the benchmark of the rules, which are the project's own.
    """
    notes = (note.text for note in tuned() if note.language != "en")
    return [*(FOLDER.parent / "background_en.txt").read_text(encoding="utf-8").splitlines(), *notes]
