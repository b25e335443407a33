"""When it is a message's turn. A sender who is too fast waits; machines that answer each other stop.

If another machine answers our replies, the loop ends, because we stop replying: its messages are filed, not answered.
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
"""How often in an hour the same words are answered."""


@dataclass(frozen=True)
class Turn:
    """A message's turn.

    Attributes:
        at: when work on the message may begin.
        announces: whether its sender is told that messages wait, once for all that wait with it.
        silent: whether its sender gets no answer.
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
    """Gives turns, as a company's limits allow."""

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
        """Whether its turn is now: its pace is free and its words were not repeated too often. One write finds out."""
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
        spoken = message.kind == "voice"  # machines write, people speak
        own = self.paces.turn(job.company_id, who, limits.sender_notes)
        if own > now():  # a sender with a flood of messages takes no turn from the others
            announces = self.paces.announces(job.company_id, who, own, job.message_id)
            return Turn(own, announces, silent=not (announces or spoken))
        turn = self.paces.turn(job.company_id, paces.COMPANY, limits.notes)
        late = turn > now() and self.paces.announces(job.company_id, who, turn, job.message_id)
        said = self.paces.times_said(job.company_id, job.customer_id, message.body) if _may_repeat(message) else 0
        return Turn(turn, late, silent=said > _SAID_AT_MOST)


def _may_repeat(message: InboundMessage) -> bool:
    """Whether it may be a machine's message, whose repetitions are counted: machines write, they do not speak."""
    return message.kind != "voice" and bool(message.body)


def _seconds(left: timedelta) -> int:
    return int(left.total_seconds()) + 1
