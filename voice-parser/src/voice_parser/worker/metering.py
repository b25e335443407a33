"""How much of its company's budget a message has used: each step counts once, and nothing begins over the budget."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import batched
from operator import add

from ai_voice_shared import steps
from ai_voice_shared.answering.answers import Answer
from ai_voice_shared.aws.ledger_writes import Put, Update
from ai_voice_shared.domain import Company, Tokens, Transcript
from ai_voice_shared.records.checkpoint import Checkpoint
from ai_voice_shared.records.usage import Usage, Used
from ai_voice_shared.telemetry import metric
from voice_parser.understanding.understanding import Analysis

_AT_ONCE = 50
"""Steps; well below what one transaction takes."""

_SID = re.compile(r"[SM]M\w+")


@dataclass(frozen=True)
class Meter:
    """Counts what messages use, in the month (UTC) in which it is counted."""

    usage: Usage

    def check(self, company: Company) -> None:
        """Raises OverBudget when the company has used up a part of this month's budget."""
        self.usage.check(company.company_id, company.budget)

    def count(self, checkpoint: Checkpoint, also: Sequence[Update] = ()) -> None:
        """Counts what is done and not counted yet, and makes the other writes with it. It may be called again.

        Raises RetryLater.
        """
        due = [(step, used) for step, used in _done(checkpoint) if not _is_counted(checkpoint, step) and used != Used()]
        first, last = due[_AT_ONCE:], due[:_AT_ONCE]
        for some in batched(first, _AT_ONCE, strict=False):
            self._count_anyhow(checkpoint, some)
        if not self._count(checkpoint, dict(last), also):
            self._count_anyhow(checkpoint, last)
            for update in also:
                self.usage.ledger.exchange(update)

    def _count_anyhow(self, checkpoint: Checkpoint, due: Sequence[tuple[str, Used]]) -> None:
        """Counts the steps one by one, because another worker may have counted some of them meanwhile."""
        if not self._count(checkpoint, dict(due)):
            for step, used in due:
                self._count(checkpoint, {step: used})

    def paying(self, company_id: str, tokens: Tokens) -> list[Update]:
        """The write that counts these tokens; none if there are none. It is made with what they paid for."""
        used = Used.of(tokens)
        return [replace(self.usage.adding(company_id, used), then=lambda: _tell(used))] if used != Used() else []

    def count_again(self, checkpoint: Checkpoint, step: str, analysis: Analysis) -> None:
        """Counts what it cost to understand a filed note again. It may be called again.

        Everything else of the message was counted before it was finished. Raises RetryLater.
        """
        used = Used.of(analysis.tokens)
        if used != Used() and not _is_counted(checkpoint, step):
            self._count(checkpoint, {step: used})

    def _count(self, checkpoint: Checkpoint, due: dict[str, Used], also: Sequence[Update] = ()) -> bool:
        """Whether none of these was counted before, and all are written now."""
        if not (due or also):
            return True
        marks = [steps.COUNTED + step for step in due]
        used = reduce(add, due.values(), Used())
        counting = [*(Put(checkpoint.marker(mark)) for mark in marks), self.usage.adding(checkpoint.company_id, used)]
        counted = self.usage.ledger.write_all([*(counting if due else ()), *also])
        if counted:
            _tell(used)
            checkpoint.mark(marks)
        return counted


def _is_counted(checkpoint: Checkpoint, step: str) -> bool:
    return checkpoint.has(steps.COUNTED + step)


def _done(checkpoint: Checkpoint) -> Iterator[tuple[str, Used]]:
    """What has been used, by step."""
    yield steps.RECEIVED, Used(messages_received=1)
    if transcript := checkpoint.result(steps.TRANSCRIPT, Transcript):
        milliseconds = round((transcript.duration + transcript.heard_again) * 1000)
        called = transcript.times == "events"
        yield steps.TRANSCRIPT, Used(**{"call_milliseconds" if called else "audio_milliseconds": milliseconds})
    if analysis := checkpoint.result(steps.NOTE, Analysis):
        yield steps.NOTE, Used.of(analysis.tokens)
    if filled := checkpoint.result(steps.FILLED, Analysis):
        yield steps.FILLED, Used.of(filled.tokens)
    if answer := checkpoint.result(steps.ANSWER, Answer):
        yield steps.ANSWER, Used.of(answer.tokens)
    for step in filter(steps.is_message, checkpoint.steps.keys() - {steps.part(steps.TEMPLATE)}):
        sid = checkpoint.result(step, object)
        if isinstance(sid, str) and _SID.fullmatch(sid):
            yield step, Used(messages_sent=1)


def _tell(used: Used) -> None:
    """Measures what is paid for by amount, for the operator's dashboard."""
    metric("AudioSeconds", used.audio_milliseconds / 1000, "Seconds")
    metric("InputTokens", used.input_tokens)
    metric("OutputTokens", used.output_tokens)
