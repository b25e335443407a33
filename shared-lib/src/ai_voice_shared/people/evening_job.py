"""The job in the queue of notes that sends a sender's evening message of one day."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal, Self

from ai_voice_shared.errors import DeadLetter

EVENING: Literal["evening"] = "evening"
_VERSION = 1


@dataclass(frozen=True)
class EveningJob:
    """Send the evening message of this local day. It has no content, so a late or repeated job does no harm.

    Attributes:
        day: YYYY-MM-DD.
    """

    company_id: str
    customer_id: str
    day: str
    kind: Literal["evening"] = EVENING

    @property
    def message_id(self) -> str:
        """By which the day's message is known, as others are by the message that they answer; nobody else has it."""
        about = json.dumps([self.company_id, self.customer_id, self.day])
        return f"EV{hashlib.sha256(about.encode()).hexdigest()[:32]}"

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
            date.fromisoformat(job.day)
        except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
            raise DeadLetter("the queue body is not a job for an evening message") from None
        named = all(isinstance(one, str) and one for one in (job.company_id, job.customer_id))
        if version != _VERSION or not named or job.kind != EVENING:
            raise DeadLetter("the queue body is not a job for an evening message: a field has the wrong value")
        return job
