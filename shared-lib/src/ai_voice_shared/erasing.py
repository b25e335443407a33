"""How other functions erase something: they call the eraser's function, which answers with a receipt for a note.

Only that function may delete. Its callers take the company from an API key or the ledger, never from their own caller.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Self

import boto3
from botocore.config import Config

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws import functions
from ai_voice_shared.errors import RetryLater, Wait
from ai_voice_shared.telemetry import log

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient

_SECONDS = 25
"""Seconds. An erasure takes two or three; it has to fit into the HTTP API's 30 s. A longer one goes on all the same."""

_LONGEST_WAIT = 20
"""Seconds; a worker mostly ends its work on a message long before its lease ends."""


@dataclass(frozen=True)
class Counts:
    """How much of a message there was when its erasure began. All of it is erased now.

    Attributes:
        artifacts: objects in S3, including files that only waited to be filed.
        versions: their versions and delete markers.
        twilio_media: files at Twilio.
        twilio_messages: messages at Twilio: the message, and each that we sent about it.
        replies: records of the replies that we sent.
        receipt_steps: results of steps.
        answers: the company's cached answers, all of them.
        conversations: the company's conversations.
        sources: what the sender could ask to hear.
        parked: copies in the dead-letter queue.
    """

    artifacts: int = 0
    versions: int = 0
    twilio_media: int = 0
    twilio_messages: int = 0
    replies: int = 0
    receipt_steps: int = 0
    answers: int = 0
    conversations: int = 0
    sources: int = 0
    parked: int = 0

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Self:
        """From numbers by name; those that a newer version counts, or nobody asks a receipt for, are left out."""
        return cls(**{one.name: int(counts.get(one.name, 0)) for one in fields(cls)})


@dataclass(frozen=True)
class Erasure:
    """The receipt of an erasure; identifiers and numbers only.

    Attributes:
        erased_at: when it began (ISO 8601, UTC).
        index: says that the search index, which has one writer, follows within seconds.
    """

    company_id: str
    message_id: str
    erased_at: str
    erased: Counts
    index: str = "removal queued"

    def to_wire(self) -> dict[str, Any]:
        """The receipt as JSON."""
        return asdict(self)

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Self:
        """Raises KeyError or TypeError when it is none; numbers that a newer version counts are passed over."""
        names = ("company_id", "message_id", "erased_at", "index")
        return cls(**{name: str(wire[name]) for name in names}, erased=Counts.of(wire["erased"]))


@dataclass(frozen=True)
class Erasing:
    """The eraser's function."""

    client: "LambdaClient"
    function_name: str

    def erase(self, company_id: str, message_id: str) -> Erasure | None:
        """Erases the company's message for good. A second call answers with the same receipt.

        Returns None if this company does not have the message. Raises Wait while the message is being processed, or
        RetryLater.
        """
        wanted = json.dumps({"company_id": company_id, "message_id": message_id})
        return functions.ask(self.client, self.function_name, wanted, _settled, name="the eraser")

    def begin_requests(self, company_id: str) -> None:
        """Has the company's open requests worked on, without waiting; where that fails, the schedule does it."""
        try:
            functions.begin(self.client, self.function_name, json.dumps({"requests_of": company_id}))
        except RetryLater:
            log("eraser not begun", company_id=company_id)


def _settled(answer: Mapping[str, Any]) -> Erasure | None:
    if busy := answer.get("busy"):
        raise Wait("the message is being worked on", min(int(busy), _LONGEST_WAIT))
    return Erasure.from_wire(answer["receipt"]) if answer["receipt"] else None


def connect(function_name: str) -> Erasing:
    """The deployed function. It is called only once, because it may still be working if no answer came."""
    patient = Config(connect_timeout=3, read_timeout=_SECONDS, retries={"mode": "standard", "total_max_attempts": 1})
    return Erasing(aws.late(lambda: boto3.client("lambda", config=patient)), function_name)
