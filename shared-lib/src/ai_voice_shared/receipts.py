"""What has been done and paid for already, per message, so that a retry continues instead of starting again."""

import json
import math
import secrets
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pydantic import TypeAdapter

from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.erasing import Erasure
from ai_voice_shared.errors import Scheduled, Wait
from ai_voice_shared.ledger import Ledger
from ai_voice_shared.ledger_items import Item, text
from ai_voice_shared.message_records import RECEIPT, WAITING, partition
from ai_voice_shared.waiting import WaitingNote, first

_STEP = "STEP#"
_ENQUEUED = "ENQUEUED"
_ERASED = "ERASED"
_LEASE = ("lease_until", "held_by")
_MARKED = zlib.compress(b"true")
_KEPT = timedelta(days=30)
"""For a step's result; longer than any queue keeps a message. The receipt itself stays."""


class Busy(Wait):
    """Another worker holds this message's lease, for so many seconds at most."""

    def __init__(self, seconds: int) -> None:
        super().__init__("another worker is at this message", seconds)


@dataclass(frozen=True)
class Receipt:
    """One message's receipt, held under a lease.

    Attributes:
        company_id: as first claimed; a redelivery that names another company does not change it.
        finished: nothing is left to do.
        waiting: why and until when it waited when it was claimed; None where it did not.
    """

    ledger: Ledger
    message_id: str
    company_id: str
    finished: bool
    owner: str
    steps: dict[str, bytes] = field(default_factory=dict)
    watch: Callable[[str, float], None] = lambda _step, _seconds: None
    waiting: WaitingNote | None = None

    def once[T](self, step: str, do: Callable[[], T], kind: type[T]) -> T:
        """The step's result: read back when it was done before, else done now and kept.

        Of two workers that do the same step, the first to keep its result decides; both return that one.
        """
        adapter = TypeAdapter(kind)
        if step not in self.steps:
            started = time.perf_counter()
            self.steps[step] = self._keep(step, zlib.compress(adapter.dump_json(do())))
            self.watch(step, time.perf_counter() - started)
        return adapter.validate_json(zlib.decompress(self.steps[step]))

    def has(self, step: str) -> bool:
        """Whether the step is done."""
        return step in self.steps

    def result[T](self, step: str, kind: type[T]) -> T | None:
        """The result of a step that is done, or None."""
        return TypeAdapter(kind).validate_json(zlib.decompress(self.steps[step])) if self.has(step) else None

    def finish(self) -> None:
        """Nothing is left to do; redeliveries are acknowledged unread."""
        self.ledger.update(
            partition(self.message_id), RECEIPT, {"finished_at": timestamp(now())}, remove=(*_LEASE, *WAITING)
        )

    def extend(self, lease: timedelta) -> bool:
        """Holds the receipt for the lease's length from now on; False when it is no longer ours, or done with."""
        return self.ledger.update(
            partition(self.message_id),
            RECEIPT,
            {"lease_until": timestamp(now() + lease)},
            condition="held_by = :mine",
            known={"mine": self.owner},
        )

    def wait(self, job: str, why: Wait) -> Wait:
        """Writes down that the message waits, and returns what to raise: Scheduled where nothing has to be queued.

        `job` is the queue body by which it comes back; the one it first waited with is kept.
        """
        waiting = (self.waiting or first(self.message_id, self.company_id, job)).again(why)
        if not self._update_ours(waiting.to_item()):  # in other hands by now, or erased
            return why
        self._outlast(waiting)
        return why if waiting.copies else Scheduled(str(why), why.seconds, why.until)

    def end_wait(self) -> None:
        """The message waits no more; the delivery of it that is in our hands is left."""
        if self.waiting:
            self._update_ours({}, WAITING)

    def release(self) -> None:
        """Lets a retry begin at once instead of after the lease."""
        self._update_ours({}, _LEASE)

    def marker(self, mark: str) -> Item:
        """An item by which others note, in a write of their own, that they are done with something of this message.

        It is read back as a step and erased with the steps.
        """
        return self._step(mark, _MARKED)

    def mark(self, marks: Iterable[str]) -> None:
        """Knows these as done without reading them back: their markers were written."""
        self.steps.update(dict.fromkeys(marks, _MARKED))

    def _update_ours(self, values: Item, remove: tuple[str, ...] = ()) -> bool:
        """Whether the receipt is still ours, and was updated."""
        mine: Item = {"mine": self.owner}
        pk = partition(self.message_id)
        return self.ledger.update(pk, RECEIPT, values, condition="held_by = :mine", known=mine, remove=remove)

    def _outlast(self, waiting: WaitingNote) -> None:
        """Keeps what is done for as long as the message waits."""
        if now() - waiting.since > _KEPT / 4:
            for step in self.steps:
                self.ledger.update(
                    partition(self.message_id),
                    _STEP + step,
                    {"expires_at": _expiry()},
                    condition="attribute_exists(pk)",
                )

    def _step(self, step: str, result: bytes) -> Item:
        return {"pk": partition(self.message_id), "sk": _STEP + step, "result": result, "expires_at": _expiry()}

    def _keep(self, step: str, result: bytes) -> bytes:
        if self.ledger.put_new(self._step(step, result)):
            return result
        kept = self.ledger.get(partition(self.message_id), _STEP + step)
        return kept["result"] if kept and isinstance(kept["result"], bytes) else result


@dataclass(frozen=True)
class Standing:
    """How far a message has come, read without its steps.

    Attributes:
        company_id: as first claimed; empty for a message that was only enqueued.
        finished: nothing is left to do.
        erased: it was erased, or is being erased.
    """

    company_id: str
    finished: bool
    erased: bool


@dataclass(frozen=True)
class Receipts:
    """The receipts of all messages."""

    ledger: Ledger

    def claim(
        self,
        message_id: str,
        company_id: str,
        lease: timedelta,
        watch: Callable[[str, float], None] = lambda _step, _seconds: None,
    ) -> Receipt:
        """The message's receipt, ours for the lease's length; raises Busy while another worker holds it.

        `watch` hears the name of each step that gets done, and how many seconds it took.
        """
        owner = secrets.token_hex(8)
        moment = now()
        claimed = self.ledger.update(
            partition(message_id),
            RECEIPT,
            {"held_by": owner, "lease_until": timestamp(moment + lease)},
            condition="attribute_not_exists(finished_at) AND (attribute_not_exists(lease_until) OR lease_until < :now)",
            known={"now": timestamp(moment)},
        )
        self.ledger.update(
            partition(message_id),
            RECEIPT,
            {"company_id": company_id, "claimed_at": timestamp(moment)},
            condition="attribute_not_exists(company_id)",
        )
        receipt = self._read(message_id, owner, claimed=claimed)
        return replace(receipt, watch=watch)

    def known(self, message_id: str) -> bool:
        """Whether a worker has ever begun with the message, or it was noted as enqueued."""
        return any(self.ledger.get(partition(message_id), sk) is not None for sk in (RECEIPT, _ENQUEUED))

    def standing(self, message_id: str) -> Standing | None:
        """None for a message that no worker has begun with and that was not noted as enqueued."""
        record = self.ledger.get(partition(message_id), RECEIPT)
        if record is None:
            enqueued = self.ledger.get(partition(message_id), _ENQUEUED)
            return Standing("", finished=False, erased=False) if enqueued else None
        return Standing(text(record, "company_id"), "finished_at" in record, "erased_at" in record)

    def note_enqueued(self, message_id: str) -> None:
        """Notes that the message waits in the queue, for those who would enqueue it for want of a receipt."""
        self.ledger.put({"pk": partition(message_id), "sk": _ENQUEUED, "expires_at": _expiry()})

    def bury(self, message_id: str) -> None:
        """Leaves the message's receipt as a tombstone, for good.

        It holds no personal data. Redeliveries are acknowledged unread, the sweep knows the message, and who would
        still write of it can see that it is erased.
        """
        moment = timestamp(now())
        self.ledger.update(
            partition(message_id),
            RECEIPT,
            {"finished_at": moment, "erased_at": moment},
            condition="attribute_not_exists(erased_at)",
            remove=(*_LEASE, *WAITING),
        )

    def is_erased(self, message_id: str) -> bool:
        """Whether the message was erased, or is being erased."""
        record = self.ledger.get(partition(message_id), RECEIPT)
        return record is not None and "erased_at" in record

    def keep_erasure(self, erasure: Erasure) -> Erasure:
        """Keeps what is being erased beside the tombstone; of several attempts, the first decides."""
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

    def steps(self, message_id: str) -> list[str]:
        """Where the results of the message's steps are."""
        return self.ledger.places(partition(message_id), _STEP)

    def forget_steps(self, message_id: str, places: Sequence[str]) -> None:
        """Deletes results of steps: they hold what was said, understood and answered."""
        self.ledger.delete_all(partition(message_id), places)

    def empty_steps(self, message_id: str, prefix: str) -> None:
        """Leaves nothing of the results of the steps whose names begin so, for those who may not delete."""
        for place in self.ledger.places(partition(message_id), _STEP + prefix):
            over = int(now().timestamp())
            self.ledger.put({"pk": partition(message_id), "sk": place, "result": "", "expires_at": over})

    def _read(self, message_id: str, owner: str, *, claimed: bool) -> Receipt:
        items = {str(item["sk"]): item for item in self.ledger.partition(partition(message_id))}
        record = items.pop(RECEIPT)
        finished = "finished_at" in record
        if not claimed and not finished:
            held_until = datetime.fromisoformat(text(record, "lease_until") or timestamp(now()))
            raise Busy(max(1, math.ceil((held_until - now()).total_seconds())))
        steps = {sk.removeprefix(_STEP): item["result"] for sk, item in items.items() if sk.startswith(_STEP)}
        kept = {step: result for step, result in steps.items() if isinstance(result, bytes)}
        company_id, waiting = text(record, "company_id"), WaitingNote.read(record)
        return Receipt(self.ledger, message_id, company_id, finished, owner, kept, waiting=waiting)


def _expiry() -> int:
    return int((now() + _KEPT).timestamp())
