"""Finds messages that Twilio has and we do not have. Each is enqueued as its webhook would have done it.

It is in the worker's package and not in the webhook's, because only this package uses Twilio's REST API.
"""

import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import text
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.calls.pin_words import without_digits
from ai_voice_shared.customers import CustomerLookup, IdentifiedSender, identities, not_whatsapp
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.errors import DeadLetter, Misconfigured, RetryLater
from ai_voice_shared.jobs import NoteJob, Parameters
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.telemetry import log
from voice_parser.twilio.api import TwilioApi
from voice_parser.twilio.lists import CutShort, Listed

OVERLAP = timedelta(hours=1)
"""The time that is swept again each time, because Twilio may list a message late."""

FIRST = timedelta(hours=24)
"""How far the first sweep looks back."""

CHUNK = 100
"""Messages between two moves of the mark."""

_MARK = ("SWEEP", "TWILIO")
_FAILURES_AT_MOST = 10
"""This many failures may be the messages' fault. After more, the fault is elsewhere, and calls only cost time."""

type Outcome = Literal["known", "enqueued", "stranger", "refused", "failed"]


@dataclass(frozen=True)
class Sweep:
    """Twilio's list against our checkpoints.

    A mark in the ledger says up to which time everything is enqueued. It moves in the order of the messages, and only
    after they are enqueued. So if a sweep is killed anywhere, the next one goes on. If both enqueue a message, its
    checkpoint prevents a second note.

    Attributes:
        numbers: ours, as Twilio writes them (`whatsapp:+15550100000`).
        grace: younger messages are left to their webhook.
    """

    twilio: TwilioApi
    checkpoints: Checkpoints
    ledger: Ledger
    customers: CustomerLookup
    queue: Queue
    numbers: tuple[str, ...]
    grace: timedelta
    clock: Callable[[], datetime] = now

    def run(self, since: datetime | None = None) -> Counter[Outcome]:
        """Sweeps from the mark, or from `since` if that is earlier; counts the messages by their outcome.

        Raises RetryLater or DeadLetter if some messages could not be enqueued.
        """
        until = self.clock() - self.grace
        counts: Counter[Outcome] = Counter()
        received, cut_short = self._received(self._start(since, until), until)
        for chunk in itertools.batched(received, CHUNK, strict=False):
            for message in chunk:
                counts[self._settle(message)] += 1
                if counts["failed"] > _FAILURES_AT_MOST:
                    raise RetryLater("too many messages could not be enqueued")
            if not (counts["failed"] or cut_short):
                self._move(chunk[-1].sent_at)
        if counts["failed"]:
            raise RetryLater(f"{counts['failed']} messages could not be enqueued")
        if cut_short:  # Twilio lists the newest first, so older ones may be missing: the mark stays
            raise cut_short
        self._move(until)
        return counts

    def _start(self, since: datetime | None, until: datetime) -> datetime:
        """Never later than the mark: otherwise the messages in between would count as swept."""
        mark = swept_until(self.ledger)
        if mark is None:
            self._move(
                until - FIRST
            )  # before anything is done, so that the next sweep goes on if the first one is killed
        start = mark - OVERLAP if mark else until - FIRST
        return min(start, since) if since else start

    def _received(self, start: datetime, until: datetime) -> tuple[list[Listed], CutShort | None]:
        """The messages, the oldest first, and why there may be more. Twilio lists whole days."""
        wanted: dict[str, Listed] = {}
        cut_short = None
        for number in self.numbers:
            try:
                for one in self.twilio.received(start.date(), number):
                    # Twilio's times are whole seconds, so the whole first second is included
                    if start.replace(microsecond=0) <= one.sent_at <= until:
                        wanted[one.sid] = one
            except CutShort as cut:
                cut_short = cut
        return sorted(wanted.values(), key=lambda one: one.sent_at), cut_short

    def _settle(self, message: Listed) -> Outcome:
        if self.checkpoints.known(message.sid):
            return "known"
        if reason := not_whatsapp({"From": message.sender, "To": message.to}, self.numbers):
            log("message not swept", message_id=message.sid, reason=reason)
            return "refused"
        try:
            known = self.customers.find(identities({"From": message.sender}))
            if known is None:
                return "stranger"
            self._enqueue(message, known)
        except Misconfigured:
            raise
        except (RetryLater, DeadLetter) as error:
            log("message not swept", message_id=message.sid, reason=str(error))
            return "failed"
        return "enqueued"

    def _enqueue(self, message: Listed, known: IdentifiedSender) -> None:
        """It is enqueued before it is recorded: if this is killed in between, it is enqueued twice instead of never."""
        company_id = known.company.company_id
        media = self.twilio.media_of(message.sid) if message.num_media else []
        parameters = _parameters(message, media)
        job = NoteJob(without_digits(parameters), company_id, known.customer.customer_id, timestamp(message.sent_at))
        self.queue.send(job.to_json(), group=company_id)
        self.checkpoints.note_enqueued(job.message_id)
        log("message swept", message_id=job.message_id, company_id=company_id)

    def _move(self, mark: datetime) -> None:
        """Moves the mark only forward, whichever of two sweeps ends first."""
        moment = timestamp(mark)
        condition = "attribute_not_exists(swept_until) OR swept_until < :mark"
        self.ledger.update(*_MARK, {"swept_until": moment}, condition=condition, known={"mark": moment})


def swept_until(ledger: Ledger) -> datetime | None:
    """The time up to which every message is enqueued; None before the first sweep."""
    mark = ledger.get(*_MARK)
    return datetime.fromisoformat(text(mark, "swept_until")) if mark else None


def _parameters(message: Listed, media: list[tuple[str, str]]) -> Parameters:
    """The webhook's parameters. Those that only a webhook has (ProfileName, buttons, places, quotes) are missing."""
    parameters: Parameters = {
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "SmsMessageSid": message.sid,
        "AccountSid": message.account_sid,
        "From": message.sender,
        "To": message.to,
        "Body": message.body or "",
        "NumMedia": str(len(media)),
    }
    for number, (url, content_type) in enumerate(media):
        parameters |= {f"MediaUrl{number}": url, f"MediaContentType{number}": content_type}
    return parameters
