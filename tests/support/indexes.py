"""A company's search index in memory: as many shared words as possible, in the order notes were added."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.search.missing import with_near
from ai_voice_shared.search.model import Hit, IndexedNote, Scope
from ai_voice_shared.search.near import asked, near_at
from ai_voice_shared.search.segment_index import SegmentIndexes, Spend


@dataclass
class FakeIndexes(SegmentIndexes):
    """Same methods as the real one, no S3.

    Attributes:
        writes: how often each company's index was written.
        failures: what the next writes raise, first to last.
        tokens: what the vectors of a note or a question cost; 0 where there are none.
    """

    notes: dict[str, dict[str, IndexedNote]] = field(default_factory=dict)
    writes: dict[str, int] = field(default_factory=dict)
    failures: list[Exception] = field(default_factory=list)
    refuses: Callable[[IndexedNote], bool] = lambda _note: False
    tokens: int = 0

    def search(
        self,
        company_id: str,
        question: str,
        scope: Scope = Scope(),  # noqa: B008 - frozen
        limit: int = 10,
        *,
        verbatim: bool = False,  # noqa: ARG002 - it knows no phrases
        spend: Spend = lambda _tokens: None,
    ) -> list[Hit]:
        """One segment a hit; its score is the number of the question's words in it, last what is near to others."""
        spend(self.tokens)
        sought = _words(question)
        hits = [
            Hit(note.message_id, place, place, float(len(shared)))
            for note in self.notes.get(company_id, {}).values()
            if _within(note, scope)
            for place, segment in enumerate(note.segments)
            if (shared := sought & _words(f"{segment.speaker or note.sender_name} {segment.text}"))
        ]
        hits = sorted(hits, key=lambda hit: -hit.score)
        if not hits or not (unknown := self._unknown(company_id, question)):
            return hits[:limit]
        nearby = self.near(company_id, " ".join(unknown), scope, limit)
        return with_near(hits[:limit], [replace(hit, near=unknown) for hit in nearby], limit)

    def _unknown(self, company_id: str, question: str) -> tuple[str, ...]:
        said = (segment.text for note in self.notes.get(company_id, {}).values() for segment in note.segments)
        known = {word for text in said for word in _words(text)}
        return tuple(word for word in asked(question, self.languages(company_id)) if word.casefold() not in known)

    def near(
        self,
        company_id: str,
        question: str,
        scope: Scope = Scope(),  # noqa: B008 - frozen
        limit: int = 10,
        *,
        verbatim: bool = False,
    ) -> list[Hit]:
        """One segment a hit; its score is the number of words in it that are near."""
        if verbatim and '"' in question:
            return []
        hits = [
            Hit(note.message_id, place, place, float(len(places)))
            for note in self.notes.get(company_id, {}).values()
            if _within(note, scope)
            for place, segment in enumerate(note.segments)
            if (places := near_at(segment.text, question, note.language))
        ]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def newest(self, company_id: str, scope: Scope, limit: int = 10) -> list[Hit]:
        """One segment a hit."""
        notes = [note for note in self.notes.get(company_id, {}).values() if _within(note, scope)]
        newest = sorted(notes, key=lambda note: note.received_at, reverse=True)
        return [Hit(note.message_id, at, at, 0.0) for note in newest for at in range(len(note.segments))][:limit]

    def languages(self, company_id: str) -> tuple[str, ...]:
        """Those of its notes."""
        return tuple(dict.fromkeys(note.language for note in self.notes.get(company_id, {}).values()))

    def version(self, company_id: str) -> str:
        """The number of writes."""
        return str(self.writes.get(company_id, ""))

    def change(self, company_id: str, add: Sequence[IndexedNote], remove: Sequence[str] = ()) -> Mapping[str, int]:
        """Replaces, adds and removes."""
        if self.failures:
            raise self.failures.pop(0)
        if any(map(self.refuses, add)):
            raise ZeroDivisionError
        kept = {sid: note for sid, note in self.notes.get(company_id, {}).items() if sid not in remove}
        self.notes[company_id] = kept | {note.message_id: note for note in add}
        self.writes[company_id] = self.writes.get(company_id, 0) + 1
        return {note.message_id: self.tokens for note in add if self.tokens}

    def rebuild(self, company_id: str, notes: Iterable[IndexedNote], progress: Callable[[int], None]) -> int:
        """Replaces all there is."""
        if self.failures:
            raise self.failures.pop(0)
        self.notes[company_id] = {}
        for count, note in enumerate(notes, 1):
            self.notes[company_id][note.message_id] = note
            progress(count)
        self.writes[company_id] = self.writes.get(company_id, 0) + 1
        return self.tokens * len(self.notes[company_id])


def busy() -> RetryLater:
    """What S3 causes when it does not answer."""
    return RetryLater("S3 answered SlowDown")


def _within(note: IndexedNote, scope: Scope) -> bool:
    return (
        scope.intent in {"", note.intent}
        and scope.sender in {"", note.sender}
        and (not scope.notes or note.message_id in scope.notes)
        and scope.since <= note.received_at
        and (not scope.until or note.received_at < scope.until)
    )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
