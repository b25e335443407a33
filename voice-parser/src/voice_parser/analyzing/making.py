"""How an analysis is made: its notes are read in groups, and what these say is written together.

Everything that a model was paid for is kept and counted in one write. So a killed job goes on where it was, and pays
for nothing twice. Nothing of a note is kept before it is kept that the analysis rests on the note; at the end it is
looked up whether one of them was erased meanwhile. So nothing of an erased note stays.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from ai_voice_shared.analyses.analyses import Analyses, Held
from ai_voice_shared.analyses.erasable import take_out
from ai_voice_shared.analyses.model import Content, Reason, Section, Status
from ai_voice_shared.analyses.writing import Writing, Wrote
from ai_voice_shared.answering.passages import PROMPT_CHARACTERS, Found
from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.domain import now
from ai_voice_shared.errors import RetryLater, Wait
from ai_voice_shared.jobs import AnalyzeJob
from ai_voice_shared.records.usage import OverBudget
from ai_voice_shared.stored.stored_notes import StoredNotes
from ai_voice_shared.times.zones import LocalTime, zone
from voice_parser.analyzing.reading import MOST_GROUPS, Reading, read
from voice_parser.worker.heartbeat import beating
from voice_parser.worker.messages import Messages
from voice_parser.worker.metering import Meter

_RUN_SECONDS = 240.0
"""After which a run leaves the next group to another run. One more answer still fits into the function's time."""

_READ_AT_ONCE = 8


class _Over(Exception):  # noqa: N818 - it never leaves this file
    """Nothing more can be made of it."""

    def __init__(self, status: Status, reason: Reason) -> None:
        super().__init__(reason)
        self.status: Status = status
        self.reason: Reason = reason


@dataclass(frozen=True)
class Making:
    """Makes analyses.

    Attributes:
        writing: None without a language model.
    """

    analyses: Analyses
    stored: StoredNotes
    messages: Messages
    meter: Meter
    writing: Writing | None
    clock: Callable[[], float] = time.monotonic

    def process(self, job: AnalyzeJob, lease: timedelta) -> None:
        """Makes the analysis, unless it is over or deleted; raises RetryLater (Wait among them) or DeadLetter."""
        held = self.analyses.claim(job.company_id, job.analysis_id, lease)
        if held is None:
            return
        try:
            with beating(lambda: self.analyses.extend(held, lease)):
                self._make(held)
        except BaseException:
            with suppress(RetryLater):  # then the lease ends by itself
                self.analyses.release(held)
            raise

    def give_up(self, job: AnalyzeJob, lease: timedelta) -> bool:
        """Shows that it failed; False if it is over already. Raises RetryLater (Wait among them)."""
        held = self.analyses.claim(job.company_id, job.analysis_id, lease)
        if held:
            self._end(held, "failed", "no-answer")
        return held is not None

    def _make(self, held: Held) -> None:
        try:
            if self.writing:
                self._finish(held, self.writing)
            else:
                self._end(held, "refused", "no-model")
        except _Over as over:
            self._end(held, over.status, over.reason)
        except OverBudget:
            self._end(held, "refused", "budget")

    def _finish(self, held: Held, writing: Writing) -> None:
        content, reading = self._begun(held)
        if not content.sections:
            self._write(_Run(self, held, writing, content, reading, self.clock() + _RUN_SECONDS))
        self._end(held, "ready", None)

    def _begun(self, held: Held) -> tuple[Content, Reading]:
        """What it was made of so far; raises _Over if it can be made of nothing."""
        one = held.analysis
        content = self.analyses.content(one.company_id, one.analysis_id)
        if content is None:
            raise RetryLater("the analysis was deleted meanwhile")
        if not content.groups:
            self.analyses.point(held, content.choice.note_ids)
        reading = read(self.stored, one.company_id, content.choice)
        if content.groups:
            return content, reading
        groups = reading.groups()
        if not groups:
            raise _Over("refused", "no-notes")
        if len(groups) > MOST_GROUPS:
            raise _Over("refused", "too-many-notes")
        first = reading.notes[0].note
        shown: Item = {} if one.day else {"title": first.title, "titled_by": first.message_id}
        shown |= {"notes": len(reading.notes)}
        begun = self.analyses.keep(held, lambda one: replace(one, sources=reading.sources, groups=groups), shown)
        return begun, reading

    def _write(self, run: "_Run") -> None:
        groups, outcomes = run.content.groups, self.analyses.outcomes(run.held.analysis)
        for number in range(len(outcomes), len(groups)) if len(groups) > 1 else ():
            outcomes.append(run.outcome(number))
        told = [[tuple(place) for place in one["cited"]] for one in outcomes]
        found = run.together(told) if outcomes else run.reading.found(groups[0])
        run.finish(found, sum(one["left_out"] for one in outcomes))

    def _end(self, held: Held, status: Status, reason: Reason | None) -> None:
        one = held.analysis
        content = self.analyses.content(one.company_id, one.analysis_id)
        for message_id in self._erased(content.choice.note_ids if content else ()):
            take_out(self.analyses, one.company_id, one.analysis_id, message_id)
        self.analyses.finish(held, status, reason)

    def _erased(self, message_ids: Sequence[str]) -> Iterable[str]:
        with ThreadPoolExecutor(_READ_AT_ONCE) as threads:
            erased = list(threads.map(self.messages.checkpoints.is_erased, message_ids))
        return [message_id for message_id, gone in zip(message_ids, erased, strict=True) if gone]


@dataclass(frozen=True)
class _Run:
    """The writing of one analysis, in one invocation of the function."""

    making: Making
    held: Held
    writing: Writing
    content: Content
    reading: Reading
    ends_at: float

    def outcome(self, number: int) -> dict[str, Any]:
        """What a group says; it is kept and counted. Raises Wait if it has to be read in another run."""
        if self.making.clock() > self.ends_at:
            raise Wait("the rest of the analysis is made in another run", 1)
        wrote = self._wrote(self.reading.found(self.content.groups[number]))
        found = {"cited": _cited(wrote.sections), "left_out": wrote.left_out}
        paid = self.making.meter.paying(self.held.analysis.company_id, wrote.tokens)
        self.making.analyses.keep_outcome(self.held, number, found, self._done(number), paid)
        return found

    def together(self, told: Sequence[Sequence[tuple[str, int]]]) -> list[Found]:
        """The segments that statements of the groups cite, with the same room for each group."""
        return [one for places in told for one in self._fitting(places, PROMPT_CHARACTERS // len(told))]

    def finish(self, found: Sequence[Found], left_out: int) -> None:
        """Writes what all groups say together; it is kept and counted."""
        wrote = self._wrote(found) if found else Wrote(_empty(self.content), self.content.choice.language)
        analyses, one = self.making.analyses, self.held.analysis
        paid = self.making.meter.paying(one.company_id, wrote.tokens)
        fields: dict[str, Any] = {"sections": wrote.sections, "language": wrote.language}
        fields["left_out"] = left_out + wrote.left_out
        analyses.keep(self.held, lambda one: replace(one, **fields), {"done": len(self.content.sources)}, paid)

    def _wrote(self, found: Sequence[Found]) -> Wrote:
        company = self.making.messages.company(self.held.analysis.company_id)
        self.making.meter.check(company)
        wrote = self.writing.write(self.content.choice, found, LocalTime(now(), zone(company.time_zone)))
        if not wrote.usable:
            self.making.analyses.pay(self.held, self.making.meter.paying(company.company_id, wrote.tokens))
            raise _Over("failed", "no-answer")
        return wrote

    def _done(self, number: int) -> int:
        """How many notes are read whole once this group is."""
        later = {message_id for group in self.content.groups[number + 1 :] for message_id, _, _ in group}
        return sum(one.message_id not in later for one in self.content.sources)

    def _fitting(self, places: Sequence[tuple[str, int]], room: int) -> Iterable[Found]:
        for one in self.reading.found([(message_id, position, position) for message_id, position in places]):
            room -= len(one.segment.text)
            if room >= 0:
                yield one


def _cited(sections: Sequence[Section]) -> list[tuple[str, int]]:
    statements = (statement for section in sections for statement in section.statements)
    return list(dict.fromkeys((one.message_id, one.segment) for each in statements for one in each.citations))


def _empty(content: Content) -> tuple[Section, ...]:
    return tuple(Section(heading) for heading in content.choice.template.headings or (None,))
