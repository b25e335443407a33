"""The checkpoints of all messages: which are claimed, finished, erased."""

import json
import math
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.aws.ledger_writes import Update
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.erasing import Erasure
from ai_voice_shared.erasure.ledger_record import Items, LedgerRecord
from ai_voice_shared.errors import Wait
from ai_voice_shared.records.checkpoint import Checkpoint, done, expiring
from ai_voice_shared.records.message_records import CHECKPOINT, LEASE, PARKED_JOB, REPLY, STEP, WAITING, partition
from ai_voice_shared.records.waiting import WaitingNote
from ai_voice_shared.steps import is_shown

_ENQUEUED = "ENQUEUED"
_ERASED = "ERASED"
_UNHELD = "(attribute_not_exists(lease_until) OR lease_until < :now)"


class Busy(Wait):
    """Another worker holds this message's lease, for so many seconds at most."""

    def __init__(self, seconds: int) -> None:
        super().__init__("another worker is at this message", seconds)


@dataclass(frozen=True)
class Standing:
    """How far a message has come, read without its steps.

    Attributes:
        company_id: from the first claim; empty for a message that was only enqueued.
        finished: nothing is left to do.
        erased: it was erased, or is being erased.
    """

    company_id: str
    finished: bool
    erased: bool


@dataclass(frozen=True)
class Checkpoints:
    """The checkpoints of all messages."""

    ledger: Ledger

    def claim(
        self,
        message_id: str,
        company_id: str,
        lease: timedelta,
        watch: Callable[[str, float], None] = lambda _step, _seconds: None,
    ) -> Checkpoint:
        """The message's checkpoint, held for the lease's length; raises Busy while another worker holds it.

        `watch` gets the name of each finished step, and how many seconds it took.
        """
        owner = secrets.token_hex(8)
        moment = now()
        free = f"attribute_not_exists(finished_at) AND {_UNHELD}"
        before = self.ledger.exchange(
            Update(
                partition(message_id),
                CHECKPOINT,
                values={"held_by": owner, "lease_until": timestamp(moment + lease)},
                first={"company_id": company_id, "claimed_at": timestamp(moment)},
                condition=free,
                known={"now": timestamp(moment)},
            )
        )
        if before == {}:  # the first worker to begin with it: it has no other items yet
            return Checkpoint(self.ledger, message_id, company_id, finished=False, owner=owner, watch=watch)
        checkpoint = self._read(message_id, owner, claimed=before is not None)
        return replace(checkpoint, company_id=checkpoint.company_id or company_id, watch=watch)

    @contextmanager
    def changing(self, message_id: str, lease: timedelta) -> Iterator[Checkpoint | None]:
        """The checkpoint of a finished message, whose note nobody else changes so, and nobody erases, during the block.

        None if the message was erased, or if we do not know it. Raises Busy while another worker holds it.
        """
        owner, moment = secrets.token_hex(8), now()
        free = f"attribute_exists(finished_at) AND attribute_not_exists(erased_at) AND {_UNHELD}"
        values: Item = {"held_by": owner, "lease_until": timestamp(moment + lease)}
        known: Item = {"now": timestamp(moment)}
        if not self.ledger.update(partition(message_id), CHECKPOINT, values, condition=free, known=known):
            record = self.ledger.get(partition(message_id), CHECKPOINT)
            if record and "erased_at" not in record:
                raise _busy(record)
            yield None
            return
        checkpoint = self._read(message_id, owner, claimed=True)
        try:
            yield checkpoint
        finally:
            checkpoint.release()

    def known(self, message_id: str) -> bool:
        """Whether a worker has ever begun with the message, or it was recorded as enqueued."""
        return any(self.ledger.get(partition(message_id), sk) is not None for sk in (CHECKPOINT, _ENQUEUED))

    def standing(self, message_id: str) -> Standing | None:
        """The progress of a message; None if no worker has begun with it and it was not recorded as enqueued."""
        record = self.ledger.get(partition(message_id), CHECKPOINT)
        if record is None:
            enqueued = self.ledger.get(partition(message_id), _ENQUEUED)
            return Standing("", finished=False, erased=False) if enqueued else None
        return Standing(text(record, "company_id"), "finished_at" in record, "erased_at" in record)

    def parked_job(self, company_id: str, message_id: str) -> str:
        """The queue body of this company's parked message; empty if it is not parked, or an older release parked it."""
        record = self.ledger.get(partition(message_id), CHECKPOINT) or {}
        return text(record, PARKED_JOB) if text(record, "company_id") == company_id else ""

    def note_enqueued(self, message_id: str) -> None:
        """Records that the message is in the queue, so that a sweep does not enqueue it."""
        self.ledger.put(expiring({"pk": partition(message_id), "sk": _ENQUEUED}))

    def bury(self, message_id: str) -> None:
        """Leaves the message's checkpoint as a tombstone, for good.

        It holds no personal data. Redeliveries are acknowledged without being read, the sweep knows the message, and
        a function that would still write about it can see that it is erased. Raises Busy while its note is changed.
        """
        moment = timestamp(now())
        buried = self.ledger.update(
            partition(message_id),
            CHECKPOINT,
            {"finished_at": moment, "erased_at": moment},
            condition=f"attribute_not_exists(erased_at) AND (attribute_not_exists(finished_at) OR {_UNHELD})",
            known={"now": moment},
            remove=(*LEASE, *WAITING, PARKED_JOB),
        )
        if not buried and not self.is_erased(message_id):
            raise _busy(self.ledger.get(partition(message_id), CHECKPOINT) or {})

    def is_erased(self, message_id: str) -> bool:
        """Whether the message was erased, or is being erased."""
        record = self.ledger.get(partition(message_id), CHECKPOINT)
        return record is not None and "erased_at" in record

    def keep_erasure(self, erasure: Erasure) -> Erasure:
        """Keeps what is being erased next to the tombstone; if there are several attempts, the first decides."""
        pk, company_id = partition(erasure.message_id), erasure.company_id
        item: Item = {"pk": pk, "sk": _ERASED, "company_id": company_id, "receipt": json.dumps(erasure.to_wire())}
        self.ledger.put_new(item)
        return self.erasure(company_id, erasure.message_id) or erasure

    def erasure(self, company_id: str, message_id: str) -> Erasure | None:
        """What was kept of the erasure of this company's message, or None."""
        item = self.ledger.get(partition(message_id), _ERASED)
        if item is None or text(item, "company_id") != company_id:
            return None
        return Erasure.from_wire(json.loads(text(item, "receipt")))

    def times(self, message_id: str) -> dict[str, str]:
        """When each step of a message was done (ISO 8601, UTC); after it is filed, its note has this, too."""
        kept = self.ledger.parts(partition(message_id), "", ("sk", "at", "sid"))
        steps = {text(item, "sk").removeprefix(STEP).removeprefix(REPLY): item for item in kept if _is_done(item)}
        return {step: text(item, "at") for step, item in steps.items() if is_shown(step)}

    def erasable(self) -> LedgerRecord:
        """Results of steps: they hold what was said, understood and answered. What proves the erasure stays."""
        return LedgerRecord(
            ledger=self.ledger,
            counted_as="receipt_steps",
            message=lambda message: Items(partition(message.message_id), STEP),
            person=None,
            company=None,
        )

    def empty_steps(self, message_id: str, prefix: str) -> None:
        """Empties the results of the steps whose names begin like this, for functions that may not delete."""
        for place in self.ledger.places(partition(message_id), STEP + prefix):
            empty: Item = {"pk": partition(message_id), "sk": place, "result": ""}
            self.ledger.put(expiring(empty, timedelta()))

    def _read(self, message_id: str, owner: str, *, claimed: bool) -> Checkpoint:
        items = {str(item["sk"]): item for item in self.ledger.partition(partition(message_id))}
        record = items.pop(CHECKPOINT)
        finished = "finished_at" in record
        if not claimed and not finished:
            raise _busy(record)
        steps: dict[str, bytes] = {}
        times: dict[str, str] = {}
        for item in items.values():
            step, result = done(item)
            if result:
                steps[step], times[step] = result, text(item, "at") or timestamp(now())
        company_id, waiting = text(record, "company_id"), WaitingNote.read(record)
        return Checkpoint(self.ledger, message_id, company_id, finished, owner, steps, times, waiting=waiting)


def _busy(record: Item) -> Busy:
    """What to raise while another worker holds the message with this record."""
    held_until = datetime.fromisoformat(text(record, "lease_until") or timestamp(now()))
    return Busy(max(1, math.ceil((held_until - now()).total_seconds())))


def _is_done(item: Item) -> bool:
    """Whether it is a step with its time, or a reply that Twilio has accepted."""
    place = text(item, "sk")
    return "at" in item and (place.startswith(STEP) or (place.startswith(REPLY) and bool(text(item, "sid"))))
