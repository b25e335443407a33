"""The versioned bodies of our queues."""

import json
from dataclasses import asdict, dataclass
from typing import Self

from ai_voice_shared.errors import DeadLetter

VERSION = 1

type Parameters = dict[str, str | list[str]]
"""Twilio's parameters as they came; a list where a name was repeated."""


@dataclass(frozen=True)
class NoteJob:
    """One inbound message: the webhook proved who sent it and kept it; the worker understands it.

    Attributes:
        message: Twilio's parameters, verbatim, those we do not know included.
        received_at: ISO 8601, UTC.
    """

    message: Parameters
    company_id: str
    customer_id: str
    received_at: str

    def to_json(self) -> str:
        """The queue body; ASCII, since SQS refuses some characters (SQS, "SendMessage")."""
        return json.dumps({"version": VERSION, **asdict(self)})

    @classmethod
    def from_json(cls, body: str) -> Self:
        """The job in a queue body; raises DeadLetter when it is none of ours or of a newer version."""
        try:
            fields = json.loads(body)
            version = fields.pop("version")
            job = cls(**fields)
        except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
            raise DeadLetter("the queue body is not a note job") from None
        if version != VERSION:
            raise DeadLetter(f"the queue body has version {version!r}; this worker reads version {VERSION}")
        if not _well_formed(job):
            raise DeadLetter("the queue body is not a note job: a field has the wrong type")
        return job

    @property
    def message_id(self) -> str:
        """Twilio's message sid; raises DeadLetter when there is none."""
        sid = self.message.get("MessageSid") or self.message.get("SmsMessageSid")
        if not isinstance(sid, str) or not sid.isascii() or not sid.isalnum():
            raise DeadLetter("the message has no usable MessageSid")
        return sid


def _well_formed(job: NoteJob) -> bool:
    texts = (job.company_id, job.customer_id, job.received_at)
    return isinstance(job.message, dict) and all(isinstance(text, str) and text for text in texts)
