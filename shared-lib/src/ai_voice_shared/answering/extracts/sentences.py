"""The sentences of what was found, each with its place, and with those that may belong to it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ai_voice_shared.answering.extracts import tables
from ai_voice_shared.answering.extracts.asked_words import beginnings
from ai_voice_shared.answering.extracts.model import Extract, Part
from ai_voice_shared.answering.passages import Found
from ai_voice_shared.answering.quotes import Place
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.search.words import indexed_words
from ai_voice_shared.times.spans import folded
from ai_voice_shared.words.languages import primary
from ai_voice_shared.words.sentences import ends, sentences

_ORDINALS = frozenset({"de", "da", "nb", "nn", "no", "fi", "cs", "hu", "pl", "sk", "sl", "hr", "et", "lv", "tr"})
"""Languages that write "am 3. Mai"."""

_ORDINAL = re.compile(r"\b[^\W\d_A-ZÄÖÜ][^\W\dA-Z_]* \d{1,2}\.$")
"""Behind a word without a capital: "Lindenstraße 17." ends a sentence."""
_ABBREVIATED = re.compile(
    r"(?<!\w)(?:hr|fr|fa|bzw|inkl|exkl|evtl|bspw|zzgl|ggf|mme|mlle|av|ave|rd|sig|dott|arq|dhr|mevr|dept|corp|jr)\.$",
    re.IGNORECASE,
)
"""Which `words.sentences` does not know."""


_CONTEXT = 6
"""The most sentences before one that may name what it is about."""


@dataclass(frozen=True)
class Sentence:
    """A sentence in a segment, or a part of one that goes on in the next segment.

    Attributes:
        before: the sentence of the same speaker before it, if it directly follows that one.
        marked: whether the note's words have marks where sentences end; not all engines write them.
    """

    one: Found
    place: Place
    before: "Sentence | None" = field(default=None, repr=False, compare=False)
    marked: bool = True

    @property
    def language(self) -> str:
        """Its note's."""
        return self.one.note.language

    @cached_property
    def text(self) -> str:
        """As it stands in the segment."""
        return self.one.segment.text[self.place.start : self.place.end]

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words in the index's forms."""
        return frozenset(indexed_words(self.text, self.language))

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """Of its longer words."""
        return beginnings(self.words)

    @cached_property
    def refers(self) -> bool:
        """Whether it begins with a word that stands for something in the sentence before it."""
        if not tables.row("refers", self.language):
            return False
        return tables.pattern("refers", self.language).match(folded(self.text)) is not None

    @cached_property
    def context(self) -> "list[Sentence]":
        """The sentences before it that may name what it is about, the nearest first."""
        found: list[Sentence] = []
        while (last := found[-1].before if found else self.before) and len(found) < _CONTEXT:
            found.append(last)
        return found

    @property
    def continues(self) -> bool:
        """Whether the sentence before it, in another segment, has not ended."""
        if self.before is None or self.before.one.position == self.one.position or not self.marked:
            return False
        return self.before.one.segment.goes_on or not ends(self.before.text.split()[-1], self.text[:1])


def of(found: Sequence[Found]) -> list[Sentence]:
    """The sentences of the segments, in the order in which these were found."""
    by_place = {(one.note.message_id, one.position): one for one in found}
    notes = {one.note.message_id: one.note for one in found}
    marked = {message_id: _is_marked(note) for message_id, note in notes.items()}
    made: dict[tuple[str, int], list[Sentence]] = {}
    for key in sorted(by_place):
        one = by_place[key]
        last = made.get((key[0], key[1] - 1), [None])[-1]
        made[key] = list(_in(one, last if last and _is_beside(last.one, one) else None, marked=marked[key[0]]))
    return [sentence for one in found for sentence in made.pop((one.note.message_id, one.position), ())]


def together(*some: Sentence) -> Extract:
    """An extract of sentences in their order; neighbours in one segment are one part."""
    parts: list[Part] = []
    last: Sentence | None = None
    for one in some:
        if last is not None and one.before is last and last.one.position == one.one.position:
            parts[-1] = Part(one.one, Place(parts[-1].place.start, one.place.end))
        else:
            parts.append(Part(one.one, one.place))
        last = one
    return Extract(tuple(parts))


def _is_marked(note: IndexedNote) -> bool:
    return any(segment.text.strip() and ends(segment.text.split()[-1], "") for segment in note.segments)


def _in(one: Found, last: Sentence | None, *, marked: bool) -> Iterator[Sentence]:
    for begin, end in _placed(one.segment.text, one.note.language):
        last = Sentence(one, Place(begin, end), last, marked)
        yield last


def _placed(text: str, language: str) -> list[tuple[int, int]]:
    """Begin and end of each sentence (characters)."""
    placed: list[tuple[int, int]] = []
    for begin, end in sentences(text):
        if placed and _goes_on(text[placed[-1][0] : placed[-1][1]], language):
            placed[-1] = placed[-1][0], end
        else:
            placed.append((begin, end))
    return placed


def _goes_on(ending: str, language: str) -> bool:
    is_ordinal = primary(language) in _ORDINALS and _ORDINAL.search(ending)
    return bool(is_ordinal or _ABBREVIATED.search(ending))


def _is_beside(one: Found, other: Found) -> bool:
    first, second = one.segment, other.segment
    return first.speaker == second.speaker and first.written == second.written
