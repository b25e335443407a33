"""Where a note says what its company listens for. Marks are kept with the note in its analysis.json."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from ai_voice_shared.domain import Company, Segment, Transcript
from ai_voice_shared.keywords.compiled_rules import CompiledRules

if TYPE_CHECKING:
    from ai_voice_shared.keywords.matching import Matcher

MARKS = "hits"
"""The field of the analysis.json."""

_MOST = 200
"""Marks of one note; in a recording of hours, more of them help nobody."""


@dataclass(frozen=True)
class Mark:
    """A rule in a segment of a note.

    Attributes:
        segment: position of the segment in the note, counted from 0.
        begin: in characters of the segment's text; it ends before `stop`.
        text: what stands there.
    """

    rule_id: str
    name: str
    phrase: str
    segment: int
    begin: int
    stop: int
    text: str


@dataclass(frozen=True)
class Marking:
    """Marks notes by the rules of their company."""

    rules: CompiledRules

    def of(self, company: Company, words: Transcript, received_at: str) -> dict[str, Any]:
        """What a note's analysis.json has of it; raises RetryLater."""
        languages = [words.language] if words.language else company.languages
        found = marks(self.rules.matcher(company.company_id), words.segments, languages, received_at)
        return {MARKS: [asdict(one) for one in found]}


def marks(matcher: "Matcher", segments: Sequence[Segment], languages: Sequence[str], moment: str) -> list[Mark]:
    """The marks of a note that was received at the moment (ISO 8601, UTC), in the order of its words."""
    return list(islice(_every(matcher, segments, languages, moment), _MOST))


def still_there(kept: object, segments: Sequence[Segment]) -> list[Mark]:
    """Those of a note's stored marks whose words are still at their place: a correction may have changed them."""
    every = kept if isinstance(kept, list) else []
    found = []
    for one in every:
        try:
            mark = Mark(**one)
            here = segments[mark.segment].text[mark.begin : mark.stop] == mark.text and mark.segment >= 0
        except (TypeError, IndexError):  # of another release
            continue
        found += [mark] if here else []
    return found


def _every(matcher: "Matcher", segments: Sequence[Segment], languages: Sequence[str], moment: str) -> Iterator[Mark]:
    for position, segment in enumerate(segments):
        found = matcher.find(segment.text, languages, moment)
        for one in sorted(found, key=lambda hit: hit.begin):
            said = segment.text[one.begin : one.stop]
            yield Mark(one.rule.rule_id, one.rule.name, one.phrase, position, one.begin, one.stop, said)
