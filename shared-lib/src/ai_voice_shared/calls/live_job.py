"""The job in the queue of calls: one event of a live call, as it came."""

import json
import re
from dataclasses import asdict, dataclass
from typing import Self

from ai_voice_shared.artifacts import COMPANY_ID, is_message_id
from ai_voice_shared.errors import DeadLetter
from ai_voice_shared.jobs import Parameters

_VERSION = 1
_NOT_IN_AN_ID = re.compile("[^A-Za-z0-9.-]")


@dataclass(frozen=True)
class LiveJob:
    """An event of a transcription, or that the call has ended.

    Attributes:
        fields: the form fields of the webhook, verbatim; of a call that has ended, those of its status.
        received_at: ISO 8601, UTC.
    """

    call_id: str
    company_id: str
    fields: Parameters
    received_at: str

    @property
    def message_id(self) -> str:
        """The call's id, by which the job is named where others are named by their message."""
        return self.call_id

    @property
    def action(self) -> str:
        """What came, for the list of parked jobs; no words of it."""
        number = self.fields.get("SequenceId", "")
        return f"event {number}" if self.is_event else "end of the call"

    @property
    def is_event(self) -> bool:
        """Whether it is an event of a transcription."""
        return "TranscriptionEvent" in self.fields

    @property
    def deduplication_id(self) -> str:
        """The same for the same event: Twilio may send one twice."""
        named = ("TranscriptionSid", "SequenceId") if self.is_event else ("CallStatus",)
        parts = [self.call_id, *(str(self.fields.get(name, "")) for name in named)]
        return _NOT_IN_AN_ID.sub("-", ".".join(parts))[:128]

    def to_json(self) -> str:
        """The queue body; ASCII."""
        return json.dumps({"version": _VERSION, **asdict(self)})

    @classmethod
    def from_json(cls, body: str) -> Self:
        """The job in a queue body; raises DeadLetter if it is not ours, or is of a newer version."""
        try:
            fields = json.loads(body)
            version = fields.pop("version")
            job = cls(**fields)
        except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
            raise DeadLetter("the queue body is not an event of a call") from None
        named = isinstance(job.company_id, str) and re.fullmatch(COMPANY_ID, job.company_id)
        read = isinstance(job.fields, dict) and isinstance(job.received_at, str) and job.received_at
        if version != _VERSION or not named or not read or not is_message_id(job.call_id):
            raise DeadLetter("the queue body is not an event of a call: a field has the wrong value")
        return job
