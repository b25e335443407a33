"""Which messages are parked and why, what may be shown of one, and how it is sent to its queue again or deleted."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from ai_voice_shared.aws.queues import Queue, Waiting
from ai_voice_shared.calls.after_jobs import CallCheckJob, CallRecordingJob
from ai_voice_shared.calls.live_job import LiveJob
from ai_voice_shared.calls.turn_job import CallTurnJob
from ai_voice_shared.errors import DeadLetter
from ai_voice_shared.jobs import AnalyzeJob, FollowUpJob, IndexJob, NotesJob, UnderstandJob, notes_job
from ai_voice_shared.mood.escalation_job import EscalationJob
from ai_voice_shared.people.evening_job import EveningJob
from ai_voice_shared.webhooks.webhook_jobs import WebhookJob

DIED = "its worker died at every attempt"
"""The reason of a message that SQS itself moved, because it was received too often; we give a reason when we park."""

HIDDEN_SECONDS = 30
"""Seconds for which a command that was killed may still hide parked messages from others."""

_SHORTEST_ID = 8

_HARMLESS = re.compile(
    r"(SmsMessage|Message|Sms|Account|MessagingService|OriginalRepliedMessage)Sid"
    r"|Num(Media|Segments)|MessageType|SmsStatus|ApiVersion|MediaContentType\d+"
)
"""Twilio's parameters that say nothing of a person; all others are hidden, also those that Twilio adds later."""

Kind = Literal["notes", "index", "webhooks", "calls"]
_READ: Mapping[Kind, Callable[[str], NotesJob | IndexJob | WebhookJob | LiveJob]] = {
    "notes": notes_job,
    "index": IndexJob.from_json,
    "webhooks": WebhookJob.from_json,
    "calls": LiveJob.from_json,
}

type Outcome = Literal["replayed", "unreadable"]


@dataclass(frozen=True)
class Parked:
    """One parked message.

    Attributes:
        job: what it asks for; None if it cannot be read.
        unreadable: why it cannot be read.
    """

    message: Waiting
    job: NotesJob | IndexJob | WebhookJob | LiveJob | None
    unreadable: str = ""

    @property
    def short_id(self) -> str:
        """Its name if it has no readable message sid."""
        return self.message.sqs_id[:_SHORTEST_ID]

    @property
    def message_id(self) -> str:
        """Twilio's message sid; empty if it cannot be read."""
        return self.job.message_id if self.job else ""

    @property
    def company_id(self) -> str:
        """The company, as the webhook found it; empty if it cannot be read."""
        return self.job.company_id if self.job else ""

    @property
    def reason(self) -> str:
        """Why it was parked."""
        return self.message.reason or DIED

    def is_named(self, name: str) -> bool:
        """Whether this is its message sid, or the beginning of its SQS id, eight characters or more."""
        return self.message_id == name or (len(name) >= _SHORTEST_ID and self.message.sqs_id.startswith(name))

    def fields(self, *, unmasked: bool) -> dict[str, str]:
        """The fields of its body, by name; if `unmasked`, with texts, names and phone numbers."""
        if not self.job:
            body = self.message.body
            return {"unreadable": self.unreadable, "body": _told(body) if unmasked else _hidden(body)}
        common = {"message": self.message_id, "company": self.company_id}
        if isinstance(self.job, IndexJob | WebhookJob | LiveJob):
            return common | {"action": self.job.action}
        if isinstance(self.job, UnderstandJob | AnalyzeJob | CallCheckJob | CallRecordingJob):
            return common | {"action": self.job.kind}
        if isinstance(self.job, EveningJob | CallTurnJob | EscalationJob):
            return common | {"action": self.job.kind} | _about(self.job)
        if isinstance(self.job, FollowUpJob):
            to = _told(self.job.sender) if unmasked else _hidden(self.job.sender)
            return common | {"follow-up of": self.job.step, "from": self.job.our_number, "to": to}
        parameters = {
            f"  {name}": _told(value) if unmasked or _HARMLESS.fullmatch(name) else _hidden(value)
            for name, value in sorted(self.job.message.items())
        }
        return common | {"customer": self.job.customer_id, "received at": self.job.received_at} | parameters


def _about(job: EveningJob | CallTurnJob | EscalationJob) -> dict[str, str]:
    if isinstance(job, EveningJob):
        return {"customer": job.customer_id, "day": job.day}
    if isinstance(job, EscalationJob):
        return {"call": job.call_id, "cause": job.cause}
    return {"customer": job.customer_id, "about": job.what, "call": job.call_id, "question": str(job.turn)}


type Wanted = Callable[[Parked], bool]


@dataclass(frozen=True)
class DeadLetters:
    """A queue and where its messages are parked.

    Each method reads the whole dead-letter queue, because SQS cannot find a single message. What was read is visible to
    others again as soon as the reading ends. Of a FIFO group, SQS shows at most ten messages while these are hidden.

    Attributes:
        limit: the most messages that are read.
        progress: is called after each batch with the number of messages read so far.
        wait_seconds: how long SQS is asked for more messages; with 1 or more, SQS overlooks none.
    """

    kind: Kind
    queue: Queue
    parked: Queue
    limit: int = 1000
    progress: Callable[[int], None] = lambda _read: None
    wait_seconds: int = 1

    def find(self, wanted: Wanted) -> list[Parked]:
        """The wanted messages, the longest parked first."""
        found: list[Parked] = []

        def look(parked: Parked) -> bool:
            found.extend([parked] if wanted(parked) else [])
            return False

        self._visit(look)
        return sorted(found, key=lambda parked: parked.message.sent_at)

    def replay(self, wanted: Wanted, tell: Callable[[Parked, Outcome], None]) -> None:
        """Sends the wanted messages to their queue again; those that cannot be read stay parked.

        If this is killed, each message is in one of the queues, or in both, which checkpoints make harmless. A message
        that fails and is parked again meanwhile has the same body, and is not sent twice by one call.
        """
        sent: set[str] = set()

        def send(parked: Parked) -> bool:
            body = parked.message.body
            if body in sent or not wanted(parked):
                return False
            if not parked.job:
                tell(parked, "unreadable")
                return False
            self._send(parked)
            sent.add(body)
            self.parked.delete(parked.message.receipt_handle)
            tell(parked, "replayed")
            return True

        self._visit(send)

    def drop(self, wanted: Wanted) -> int:
        """Deletes the wanted messages for good; returns how many."""
        dropped: list[str] = []

        def delete(parked: Parked) -> bool:
            if not wanted(parked):
                return False
            self.parked.delete(parked.message.receipt_handle)
            dropped.append(parked.message.sqs_id)
            return True

        self._visit(delete)
        return len(dropped)

    def _visit(self, is_gone: Callable[[Parked], bool]) -> None:
        """Gives each message once; those that are not deleted afterwards become visible again."""
        seen: set[str] = set()
        hidden: dict[str, str] = {}
        try:
            while len(seen) < self.limit:
                batch = self.parked.receive(self.limit - len(seen), HIDDEN_SECONDS, self.wait_seconds)
                hidden |= {message.sqs_id: message.receipt_handle for message in batch}
                new = [message for message in batch if message.sqs_id not in seen]
                if not new:  # all have been seen; the first become visible again in a long reading
                    return
                for message in new:
                    seen.add(message.sqs_id)
                    if is_gone(self._read(message)):
                        del hidden[message.sqs_id]
                self.progress(len(seen))
        finally:
            self.parked.show_again(list(hidden.values()))

    def _read(self, message: Waiting) -> Parked:
        try:
            job = _READ[self.kind](message.body)
            _ = job.message_id  # raises for a message without a usable one
        except DeadLetter as error:
            return Parked(message, None, str(error))
        return Parked(message, job)

    def _send(self, parked: Parked) -> None:
        """Sends one message; to a FIFO queue with a deduplication id of its own, or it could drop it."""
        if self.kind not in {"index", "calls"}:
            self.queue.send(parked.message.body, parked.company_id)
        else:
            group = parked.message_id if self.kind == "calls" else parked.company_id
            self.queue.send_once(parked.message.body, group, f"replay.{parked.message.sqs_id}")


def _told(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _hidden(value: object) -> str:
    return f"(hidden, {len(str(value))} characters)" if value else _told(value)
