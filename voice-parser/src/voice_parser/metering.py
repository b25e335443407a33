"""What a message has used of its company's allowance: each step counted once, and nothing begun when all is used up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import batched
from operator import add

from ai_voice_shared.answers import Answer
from ai_voice_shared.domain import Company, Tokens, Transcript
from ai_voice_shared.receipts import Receipt
from ai_voice_shared.telemetry import metric
from ai_voice_shared.usage import Usage, Used
from voice_parser.understanding import Understood

_RECEIVED = "received"
"""Of the message itself, which is no step."""

MARK = "usage-"

AGAIN = "again-"
"""What a step's name begins with by which a note was understood once more."""

_AT_ONCE = 50
"""Steps; well below what one transaction takes."""

_REPLY = re.compile(r".+-[0-9]+")
_SID = re.compile(r"[SM]M\w+")


@dataclass(frozen=True)
class Meter:
    """Counts what messages use, in the month (UTC) in which it is counted."""

    usage: Usage

    def check(self, company: Company) -> None:
        """Raises OverBudget when the company has used up a part of this month's budget."""
        self.usage.check(company.company_id, company.budget)

    def count(self, receipt: Receipt) -> None:
        """Counts what is done and not counted yet; to be called as often as one likes. Raises RetryLater."""
        due = [(step, used) for step, used in _done(receipt) if not receipt.has(MARK + step) and used != Used()]
        for some in batched(due, _AT_ONCE, strict=False):
            if not self._count(receipt, dict(some)):
                for step, used in some:  # another worker has counted some of them meanwhile
                    self._count(receipt, {step: used})

    def count_again(self, receipt: Receipt, step: str, understood: Understood) -> None:
        """Counts what it cost to understand a filed note once more; to be called as often as one likes.

        All else of that message was counted before it was finished. Raises RetryLater.
        """
        used = _asked(understood.tokens)
        if used != Used() and not receipt.has(MARK + step):
            self._count(receipt, {step: used})

    def _count(self, receipt: Receipt, due: dict[str, Used]) -> bool:
        marks = [MARK + step for step in due]
        used = reduce(add, due.values())
        counted = self.usage.count(receipt.company_id, [receipt.marker(mark) for mark in marks], used)
        if counted:
            _tell(used)
            receipt.mark(marks)
        return counted


def _done(receipt: Receipt) -> Iterator[tuple[str, Used]]:
    """All that has been used, by step."""
    yield _RECEIVED, Used(messages_received=1)
    if transcript := receipt.result("transcript", Transcript):
        yield "transcript", Used(audio_milliseconds=round((transcript.duration + transcript.heard_again) * 1000))
    if understood := receipt.result("note", Understood):
        yield "note", _asked(understood.tokens)
    if answer := receipt.result("answer", Answer):
        yield "answer", _asked(answer.tokens)
    for step in filter(_REPLY.fullmatch, [*receipt.steps]):
        sid = receipt.result(step, object)
        if isinstance(sid, str) and _SID.fullmatch(sid):
            yield step, Used(messages_sent=1)


def _tell(used: Used) -> None:
    """What is paid for by the piece, for the operator's dashboard."""
    metric("AudioSeconds", used.audio_milliseconds / 1000, "Seconds")
    metric("InputTokens", used.input_tokens)
    metric("OutputTokens", used.output_tokens)


def _asked(tokens: Tokens) -> Used:
    return Used(input_tokens=tokens.input, output_tokens=tokens.output)
