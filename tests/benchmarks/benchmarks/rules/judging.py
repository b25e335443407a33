"""Whether the rules understand a sentence as it is labelled: its language, its intent, and each thing to do."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ai_voice_shared.domain import Company, Segment, Transcript
from ai_voice_shared.intents import ActionItem, Other
from ai_voice_shared.words.languages import primary
from benchmarks.rules.sentences import LANGUAGES, RECEIVED, Item, Sentence
from voice_parser.understanding.analyzers.rules import RulesAnalyzer
from voice_parser.understanding.understanding import Analysis, dated

COMPANIES: dict[str, Callable[[Sentence], tuple[str, ...]]] = {
    "its language and English": lambda sentence: tuple(dict.fromkeys([sentence.language, "en"])),
    "all seven, English first": lambda _sentence: LANGUAGES,
}
"""The languages of the company whose note it is."""


@dataclass(frozen=True)
class JudgedItem:
    """A labelled thing to do; `who` and `due` are None where they are not labelled, or the item is missing."""

    found: bool
    who: bool | None = None
    due: bool | None = None


@dataclass(frozen=True)
class Judged:
    """What the rules made of a sentence.

    Attributes:
        sentence: with its labels.
        language: as the rules took it.
        intent: the same; `question` for a note of intent `other` that asks something.
        items: what the rules say is to be done.
        judged: each labelled item.
    """

    sentence: Sentence
    language: str
    intent: str
    items: Sequence[ActionItem]
    judged: Sequence[JudgedItem]

    @property
    def language_is_right(self) -> bool:
        """Whatever the region."""
        return primary(self.language) == self.sentence.language

    @property
    def intent_is_right(self) -> bool:
        """As labelled."""
        return self.intent == self.sentence.intent

    @property
    def is_right(self) -> bool:
        """In everything that is judged, with no item too many."""
        items = all(one.found and one.who is not False and one.due is not False for one in self.judged)
        return (
            self.language_is_right
            and self.intent_is_right
            and items
            and len(self.items) == len(self.sentence.items) * (self.intent == "job-to-be-done")
        )


def judged(sentence: Sentence, languages: tuple[str, ...]) -> Judged:
    """The sentence, typed by somebody of a company that speaks these languages."""
    company = Company("benchmark", "Benchmark", languages=languages, time_zone=str(RECEIVED.where))
    written = Transcript(sentence.text, (Segment(0.0, 0.0, sentence.text, written=True),))
    analysis = dated(RulesAnalyzer().understand(written, company, RECEIVED), company, RECEIVED)
    items = tuple(analysis.note.tasks)
    return Judged(sentence, analysis.language, _intent(analysis), items, tuple(_judged_items(sentence.items, items)))


def _intent(analysis: Analysis) -> str:
    note = analysis.note
    return "question" if isinstance(note, Other) and note.question else note.intent


def _judged_items(labelled: Sequence[Item], given: Sequence[ActionItem]) -> Iterator[JudgedItem]:
    """Each given item answers one labelled item at most: two orders that were not told apart are one."""
    left = list(given)
    for item in labelled:
        found = next((one for one in left if item.what.casefold() in one.what.casefold()), None)
        if found is None:
            yield JudgedItem(found=False)
            continue
        left.remove(found)
        who = _same_name(item.told["who"], found.who) if "who" in item.told else None
        due = _same_moment(item.told["due"], found.due) if "due" in item.told else None
        yield JudgedItem(found=True, who=who, due=due)


def _same_name(labelled: str | None, given: str | None) -> bool:
    """With or without a title."""
    if labelled is None or given is None:
        return labelled == given
    return labelled.casefold() in given.casefold().split()


def _same_moment(labelled: str | None, given: str | None) -> bool:
    """To the minute, where the label has one; whatever the offset."""
    if labelled is None or given is None:
        return labelled == given
    return labelled == given[: len("2026-11-27T10:00")]
