"""The job in the queue of notes that tells a company of an escalation of a call."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Literal, Self

from ai_voice_shared.errors import DeadLetter
from ai_voice_shared.mood.causes import CAUSES, Cause

ESCALATION: Literal["escalation"] = "escalation"
_VERSION = 1


@dataclass(frozen=True)
class EscalationJob:
    """Tell of it. It has no content: the worker reads what the call keeps, so a late or repeated job does no harm.

    Attributes:
        number: of the sentence with which the hint is kept.
    """

    company_id: str
    call_id: str
    number: int
    cause: Cause
    kind: Literal["escalation"] = ESCALATION

    @property
    def message_id(self) -> str:
        """By which the message to the supervisor is known: one for each call and cause."""
        return message_id(self.company_id, self.call_id, self.cause)

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
            raise DeadLetter("the queue body is not a job for an escalation") from None
        named = all(isinstance(one, str) and one for one in (job.company_id, job.call_id))
        right = isinstance(job.number, int) and job.cause in CAUSES and job.kind == ESCALATION
        if version != _VERSION or not named or not right:
            raise DeadLetter("the queue body is not a job for an escalation: a field has the wrong value")
        return job


def message_id(company_id: str, call_id: str, cause: str) -> str:
    """The id of the message that tells of the escalation; nobody else has it."""
    about = json.dumps([company_id, call_id, cause])
    return f"EC{hashlib.sha256(about.encode()).hexdigest()[:32]}"
