"""One message's checkpoint, held by a worker: what is done and paid for already, so that a retry goes on from there."""

import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_failures import Contended
from ai_voice_shared.aws.ledger_items import Item, expiry, text
from ai_voice_shared.aws.ledger_writes import THERE, Put, Update, Write
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.errors import Scheduled, Wait
from ai_voice_shared.records.message_records import CHECKPOINT, LEASE, PARKED_JOB, REPLY, STEP, WAITING, partition
from ai_voice_shared.records.waiting import WaitingNote, first

_MARKED = zlib.compress(b"true")
_KEPT = timedelta(days=30)
"""How long a step's result is kept: longer than any queue keeps a message. The checkpoint itself stays."""


@dataclass(frozen=True)
class Checkpoint:
    """One message's checkpoint, held under a lease.

    Attributes:
        company_id: from the first claim; a redelivery with another company does not change it.
        finished: nothing is left to do.
        steps: results by step, compressed JSON.
        times: when each of them was done (ISO 8601, UTC).
        waiting: why and until when it waited when it was claimed; None if it did not.
    """

    ledger: Ledger
    message_id: str
    company_id: str
    finished: bool
    owner: str
    steps: dict[str, bytes] = field(default_factory=dict)
    times: dict[str, str] = field(default_factory=dict)
    watch: Callable[[str, float], None] = lambda _step, _seconds: None
    waiting: WaitingNote | None = None

    def once[T](
        self, step: str, do: Callable[[], T], kind: type[T], also: Callable[[T], Sequence[Write]] = lambda _result: ()
    ) -> T:
        """The step's result: read back if it was done before, otherwise done now and kept, together with `also`.

        If two workers do the same step, the first to keep its result decides; both return that one.
        """
        if step not in self.steps:
            started = time.perf_counter()
            result = do()
            self._done(self._keep(self._step(step, _compressed(result, kind)), also(result)))
            self.watch(step, time.perf_counter() - started)
        return self._read_back(step, kind)

    def once_known[T](self, step: str, do: Callable[[], T], kind: type[T]) -> T:
        """The same for a step that needs no record here: it has its own record, or may be done again."""
        if step not in self.steps:
            started = time.perf_counter()
            self._done(self._step(step, _compressed(do(), kind)))
            self.watch(step, time.perf_counter() - started)
        return self._read_back(step, kind)

    def keeping(self, step: str, result: object) -> Put:
        """The write that keeps a step's result, to be made together with other writes. Then the step is done."""
        return Put(self._done(self._step(step, _compressed(result, type(result)))))

    def replacing(self, step: str, result: object) -> Update:
        """The write that puts this in place of a step's result, whose words are not needed any more."""
        item = self._step(step, _compressed(result, type(result)))
        return Update(str(item.pop("pk")), str(item.pop("sk")), item)

    def decide(self, step: str, result: object, also: Sequence[Write]) -> bool:
        """Keeps the step's result together with other writes, or does nothing and returns False.

        It returns False if a condition does not hold, or if too many write the same items.
        """
        item = self._step(step, _compressed(result, type(result)))
        if decided := self._together(item, also):
            self._done(item)
        return decided

    def has(self, step: str) -> bool:
        """Whether the step is done."""
        return step in self.steps

    def result[T](self, step: str, kind: type[T]) -> T | None:
        """The result of a finished step, or None."""
        return self._read_back(step, kind) if self.has(step) else None

    @property
    def finishing(self) -> Update:
        """The write after which nothing is left to do: redeliveries are acknowledged without being read."""
        moment: Item = {"finished_at": timestamp(now())}
        return Update(partition(self.message_id), CHECKPOINT, moment, remove=(*LEASE, *WAITING, PARKED_JOB))

    def extend(self, lease: timedelta) -> bool:
        """Holds the checkpoint for the lease's length from now on; False if it is not ours any more, or is finished."""
        return self.ledger.update(
            partition(self.message_id),
            CHECKPOINT,
            {"lease_until": timestamp(now() + lease)},
            condition="held_by = :mine",
            known={"mine": self.owner},
        )

    def wait(self, job: str, why: Wait) -> Wait:
        """Records that the message waits, and returns what to raise: Scheduled if nothing has to be queued.

        `job` is the queue body with which it comes back; the first one is kept.
        """
        waiting = (self.waiting or first(self.message_id, self.company_id, job)).again(why)
        if not self._update_ours(waiting.to_item()):  # another worker has it by now, or it was erased
            return why
        self._outlast(waiting)
        return why if waiting.copies else Scheduled(str(why), why.seconds, why.until)

    def park(self, job: str) -> None:
        """Ends the wait of the message, and keeps the queue body with which it can be tried again."""
        self._update_ours({PARKED_JOB: job}, WAITING)

    def release(self) -> None:
        """Lets a retry begin at once instead of after the lease."""
        self._update_ours({}, LEASE)

    def marker(self, mark: str) -> Item:
        """An item with which other modules record, in their own write, that they have done something for this message.

        It is read back as a step, and erased with the steps.
        """
        return self._step(mark, _MARKED)

    def mark(self, marks: Iterable[str]) -> None:
        """Records these as done without reading them back: their markers were written."""
        self.steps.update(dict.fromkeys(marks, _MARKED))

    def _update_ours(self, values: Item, remove: tuple[str, ...] = ()) -> bool:
        """Updates the checkpoint if it is still ours; returns whether it was."""
        mine: Item = {"mine": self.owner}
        pk = partition(self.message_id)
        return self.ledger.update(pk, CHECKPOINT, values, condition="held_by = :mine", known=mine, remove=remove)

    def _outlast(self, waiting: WaitingNote) -> None:
        """Keeps the finished steps as long as the message waits."""
        if now() - waiting.since > _KEPT / 4:
            for step in self.steps:
                self.ledger.update(
                    partition(self.message_id),
                    STEP + step,
                    expiring({}),
                    condition=THERE,
                )

    def _step(self, step: str, result: bytes) -> Item:
        item: Item = {"pk": partition(self.message_id), "sk": STEP + step, "result": result}
        return expiring(item | {"at": timestamp(now())})

    def _done(self, item: Item) -> Item:
        step, result = done(item)
        self.steps[step], self.times[step] = result, text(item, "at")
        return item

    def _read_back[T](self, step: str, kind: type[T]) -> T:
        return TypeAdapter(kind).validate_json(zlib.decompress(self.steps[step]))

    def _keep(self, item: Item, also: Sequence[Write]) -> Item:
        """The step that is kept: this one, or that of a worker that was first.

        What belongs to the message itself is written even if a change of its note is not.
        """
        own = [one for one in also if isinstance(one, Put)]
        together = any(self._together(item, writes) for writes in (also, own) if writes)
        if together or self.ledger.put_new(item):
            return item
        kept = self.ledger.get(text(item, "pk"), text(item, "sk"))
        return kept if kept and isinstance(kept["result"], bytes) else item

    def _together(self, item: Item, also: Sequence[Write]) -> bool:
        """Whether everything was written. It was not if a condition does not hold, or too many write the same items."""
        try:
            return self.ledger.write_all([Put(item), *also])
        except Contended:
            return False


def done(item: Item) -> tuple[str, bytes]:
    """A step and its result; empty if the item is not a step. A reply that Twilio accepted is a step by its sid."""
    sk, result = text(item, "sk"), item.get("result", b"")
    if sk.startswith(STEP) and isinstance(result, bytes):
        return sk.removeprefix(STEP), result
    if sk.startswith(REPLY) and (sid := text(item, "sid")):
        return sk.removeprefix(REPLY), _compressed(sid, str)
    return "", b""


def _compressed(result: object, kind: Any) -> bytes:
    return zlib.compress(TypeAdapter(kind).dump_json(result))


def expiring(item: Item, kept: timedelta = _KEPT) -> Item:
    """The item, to be gone after that time."""
    return item | {"expires_at": expiry(now() + kept)}
