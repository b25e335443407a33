"""Which old messages are deleted at Twilio, which keeps a copy of each: those that no function needs any more."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from ai_voice_shared.artifacts import FILE_TYPES, ArtifactKey
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import text
from ai_voice_shared.customers import CustomerLookup, identities
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.errors import DeadLetter, Misconfigured, RetryLater, Wait
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.records.replies import Replies
from ai_voice_shared.telemetry import log
from voice_parser.sweep.sweep import OVERLAP, swept_until
from voice_parser.twilio.api import TwilioApi
from voice_parser.twilio.lists import Copy, CutShort

QUEUED = timedelta(days=14)
"""How long a queue keeps a message, and then a parked one as long (the shared stack's `MessageRetentionPeriod`)."""

_CHANNEL = "whatsapp:"
_PARTITION = "TWILIO"
_FAILURES_AT_MOST = 10
"""This many failures may be the messages' fault. After more, the fault is elsewhere, and calls only cost time."""

type Outcome = Literal["deleted", "kept", "failed"]


@dataclass(frozen=True)
class TwilioCopies:
    """Twilio's lists, read backwards from the newest message that is old enough. Deleted messages are not listed.

    A mark in the ledger for each list says where a run ended, so that the next one goes on after messages that stay.
    If only Twilio has something that may still be needed, it is not deleted: a message that is not filed, a file that
    we could not take, a message that the sweep may still find, a reply that a worker may still look for.

    Attributes:
        numbers: ours, as `whatsapp:+15550100000`; other numbers of the account may be another environment's.
        kept_for: younger copies stay.
    """

    twilio: TwilioApi
    ledger: Ledger
    checkpoints: Checkpoints
    notes: Notes
    replies: Replies
    customers: CustomerLookup
    numbers: tuple[str, ...]
    kept_for: timedelta
    clock: Callable[[], datetime] = now

    def run(self, goes_on: Callable[[], bool]) -> Counter[Outcome]:
        """Deletes until all lists are read or `goes_on` is false; counts the copies by their outcome.

        A copy that fails does not stop the others. If Twilio asks us to wait, the next run goes on. Raises RetryLater
        after too many failures, or if a list cannot be read, and DeadLetter if Twilio refuses.
        """
        counts: Counter[Outcome] = Counter()
        try:
            for asked in self._lists():
                self._read(asked, goes_on, counts)
        except Wait as wait:
            log("copies at Twilio wait", seconds=wait.seconds)
        return counts

    def _lists(self) -> list[dict[str, str]]:
        """Twilio's filters: each number's messages, in both directions."""
        return [{way: number} for number in self.numbers for way in ("To", "From")]

    def _read(self, asked: dict[str, str], goes_on: Callable[[], bool], counts: Counter[Outcome]) -> None:
        place = " ".join(f"{way} {number}" for way, number in asked.items())
        mark = self._mark(place)
        try:
            for copy in self._older(asked, mark):
                if not goes_on():
                    return
                counts[self._settle(copy)] += 1
                mark = timestamp(copy.created_at)
                if counts["failed"] > _FAILURES_AT_MOST:
                    raise RetryLater("too many copies at Twilio could not be deleted")
            mark = ""  # the next run starts with the newest again
        except CutShort:  # it was counted when it was cut; the next run goes on from here
            return
        finally:
            self.ledger.put({"pk": _PARTITION, "sk": place, "read_back_to": mark})

    def _mark(self, place: str) -> str:
        item = self.ledger.get(_PARTITION, place)
        return text(item, "read_back_to") if item else ""

    def _older(self, asked: dict[str, str], mark: str) -> Iterator[Copy]:
        """The copies that are old enough, backwards from the mark. Twilio's filter has whole days."""
        until = self.clock() - self.kept_for
        if mark:
            until = min(until, datetime.fromisoformat(mark))
        return (one for one in self.twilio.copies(until, asked) if one.created_at <= until)

    def _settle(self, copy: Copy) -> Outcome:
        try:
            if not self._may_go(copy):
                return "kept"
            self.twilio.forget(copy.sid, files=copy.num_media > 0)
        except (Misconfigured, Wait):
            raise
        except (RetryLater, DeadLetter) as error:
            log("copy at Twilio not deleted", message_id=copy.sid, reason=str(error))
            return "failed"
        return "deleted"

    def _may_go(self, copy: Copy) -> bool:
        if not _is_whatsapp(copy):
            return False
        return self._received_may_go(copy) if copy.inbound else self._sent_may_go(copy)

    def _received_may_go(self, copy: Copy) -> bool:
        standing = self.checkpoints.standing(copy.sid)
        if standing is None:
            return self._is_strangers(copy)
        if standing.erased or not standing.finished:  # waits, is tried again, is parked, or is being erased
            return standing.erased
        note = self.notes.get(standing.company_id, copy.sid)
        return note is not None and note.status in {"filed", "refused"} and copy.num_media <= _files(note)

    def _is_strangers(self, copy: Copy) -> bool:
        """Whether the sender is unknown, no queue can hold the message any more, and no sweep can find it any more."""
        swept = swept_until(self.ledger)
        if swept is None or copy.created_at >= min(swept - OVERLAP, self.clock() - QUEUED):
            return False
        return self.customers.find(identities({"From": copy.sender})) is None

    def _sent_may_go(self, copy: Copy) -> bool:
        """Whether no job looks for this reply any more: we know its sid, or it is too old for any queue.

        The webhook's own answers (`outbound-reply`) are not a worker's replies.
        """
        if self.replies.find(copy.sid):
            return True
        asked_for = self.clock() - (timedelta() if copy.direction == "outbound-reply" else 2 * QUEUED)
        return copy.created_at < asked_for


def _is_whatsapp(copy: Copy) -> bool:
    return copy.sender.startswith(_CHANNEL) and copy.recipient.startswith(_CHANNEL)


def _files(note: Note) -> int:
    """How many of the message's files are among the note's artifacts, so that Twilio's files are only copies."""
    types = (ArtifactKey.parse(key).file_type.partition("-")[0] for key in note.artifacts)
    return sum(type_ in FILE_TYPES.values() for type_ in types)
