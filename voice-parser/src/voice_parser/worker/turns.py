"""Whose message is next: each takes a turn, and who sends faster than that waits; machines that answer each other stop.

A sender's loop with another machine ends since we fall silent: what that machine writes is filed, but not answered.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ai_voice_shared import steps
from ai_voice_shared.aws.queues import LONGEST_WAIT
from ai_voice_shared.domain import now
from ai_voice_shared.errors import Wait
from ai_voice_shared.records import paces
from ai_voice_shared.records.paces import Paces
from voice_parser.inbound.message import InboundMessage
from voice_parser.inbound.work import MessageInWork

_SAID_AT_MOST = 4
"""So often in an hour the same words are answered."""


@dataclass(frozen=True)
class Turn:
    """A message's turn.

    Attributes:
        at: before that, nothing of the message is worked on.
        announces: its sender is told that messages wait, on behalf of all that wait with it.
        silent: its sender is not answered.
    """

    at: datetime
    announces: bool = False
    silent: bool = False


class TooMany(Wait):
    """It is not this message's turn yet.

    Attributes:
        announces: whether its sender is told so.
    """

    def __init__(self, turn: Turn) -> None:
        left = max(timedelta(seconds=1), turn.at - now())
        short = left <= timedelta(seconds=LONGEST_WAIT)
        super().__init__("more messages came than are taken in an hour", _seconds(left), None if short else turn.at)
        self.announces = turn.announces


@dataclass(frozen=True)
class Turns:
    """Gives turns by what a company's limits allow."""

    paces: Paces

    def take(self, work: MessageInWork) -> Turn:
        """The message's turn, once; raises TooMany until it has come, or RetryLater."""
        if not (work.checkpoint.has(steps.TURN) or self._free(work)):
            work.checkpoint.once(steps.TURN, lambda: self._next(work), Turn)
        turn = work.checkpoint.result(steps.TURN, Turn) or Turn(now())
        if turn.at > now():
            raise TooMany(turn)
        return turn

    def _free(self, work: MessageInWork) -> bool:
        """Whether it is its turn at once, as nobody is busy and nothing was said too often: all of it in one write."""
        job, limits = work.job, work.company.limits
        writes = [
            self.paces.moving(job.company_id, paces.sender(job.customer_id), limits.sender_notes),
            self.paces.moving(job.company_id, paces.COMPANY, limits.notes),
        ]
        if _may_repeat(work.message):
            writes.append(self.paces.saying(job.company_id, job.customer_id, work.message.body, _SAID_AT_MOST))
        return work.checkpoint.decide(steps.TURN, Turn(now()), writes)

    def _next(self, work: MessageInWork) -> Turn:
        job, message, limits = work.job, work.message, work.company.limits
        who = paces.sender(job.customer_id)
        spoken = message.kind == "voice"  # machines write
        own = self.paces.turn(job.company_id, who, limits.sender_notes)
        if own > now():  # a sender who floods takes no turn away from the others
            announces = self.paces.announces(job.company_id, who, own, job.message_id)
            return Turn(own, announces, silent=not (announces or spoken))
        turn = self.paces.turn(job.company_id, paces.COMPANY, limits.notes)
        late = turn > now() and self.paces.announces(job.company_id, who, turn, job.message_id)
        said = self.paces.times_said(job.company_id, job.customer_id, message.body) if _may_repeat(message) else 0
        return Turn(turn, late, silent=said > _SAID_AT_MOST)


def _may_repeat(message: InboundMessage) -> bool:
    """Machines write."""
    return message.kind != "voice" and bool(message.body)


def _seconds(left: timedelta) -> int:
    return int(left.total_seconds()) + 1
