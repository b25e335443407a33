"""The job in the queue of notes that works on something of a call: a question, its end, or a locked PIN."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from typing import Literal, Self, get_args

from ai_voice_shared.artifacts import COMPANY_ID, is_message_id
from ai_voice_shared.errors import DeadLetter

CALL_TURN: Literal["call-turn"] = "call-turn"
_VERSION = 1

type What = Literal["asked", "ended", "locked"]
_WHAT: tuple[What, ...] = get_args(What.__value__)


@dataclass(frozen=True)
class CallTurnJob:
    """Answer a question of a call, settle a call that has ended, or tell a customer that their PIN is locked.

    It has no words, because the ledger keeps them: a late or repeated job does no harm.

    Attributes:
        turn: the number of the question; 0 for the rest.
    """

    call_id: str
    company_id: str
    customer_id: str
    turn: int = 0
    what: What = "asked"
    kind: Literal["call-turn"] = CALL_TURN

    @property
    def message_id(self) -> str:
        """By which this work is known, as others are by the message that they answer; nobody else has it."""
        return message_id(self.call_id, self.turn, self.what)

    def to_json(self) -> str:
        """The queue body."""
        return json.dumps({"version": _VERSION, **asdict(self)})

    @classmethod
    def from_json(cls, body: str) -> Self:
        """The job in a queue body; raises DeadLetter if it is not ours, or is of a newer version."""
        try:
            fields = json.loads(body)
            version = fields.pop("version")
            job = cls(**fields)
        except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
            raise DeadLetter("the queue body is not a job of a call") from None
        if version != _VERSION or not _well_formed(job):
            raise DeadLetter("the queue body is not a job of a call: a field has the wrong value")
        return job


def message_id(call_id: str, turn: int, what: What = "asked") -> str:
    """The id of a piece of work of a call, in the form of a message's."""
    return f"CQ{hashlib.sha256(json.dumps([call_id, turn, what]).encode()).hexdigest()[:32]}"


def _well_formed(job: CallTurnJob) -> bool:
    company = isinstance(job.company_id, str) and re.fullmatch(COMPANY_ID, job.company_id) is not None
    customer = isinstance(job.customer_id, str) and job.customer_id != ""
    number = type(job.turn) is int and job.turn >= 0
    return (
        company and customer and number and is_message_id(job.call_id) and job.what in _WHAT and job.kind == CALL_TURN
    )
