"""Which notes wait, for what and until when. Their checkpoints say so, and an index finds those that are due.

The index holds only notes that wait. So a look costs only what is due, however many notes companies have filed.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.aws.ledger_queries import Index
from ai_voice_shared.aws.queues import LONGEST_WAIT
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.errors import Wait
from ai_voice_shared.records.message_records import CHECKPOINT, partition

_BY_DUE = Index("waiting-by-due", "waits_in", "waits_due")
_SHARDS = 8
"""Partitions of the index; DynamoDB writes a thousand items a second in each."""

_PAGE = 100

_COPIES_IN_A_ROW = 8
"""Lambda stops a function that has invoked itself about 16 times (AWS Lambda, "Recursive loop detection")."""

_IN_QUEUE = timedelta(hours=2)
"""How long a copy may be in the queue before it counts as lost; longer than a killed worker hides it."""

_DOUBLED_AT_MOST = 6
_LONGEST_LOOK = timedelta(hours=6)
"""After this time at the latest, a raised budget is noticed."""


@dataclass(frozen=True)
class WaitingNote:
    """A message that waits.

    Attributes:
        job: its queue body.
        reason: what it waits for.
        since: when it began to wait.
        until: when it can go on at the latest; if this is not known, when it is tried next.
        due: when the sweep sends it to the queue; later than the return of a copy in the queue.
        copies: in how many copies in a row it has waited; 0 if nothing is in the queue.
        brought_back: how often the sweep has sent it since a worker last had it.
    """

    message_id: str
    company_id: str
    job: str
    reason: str
    since: datetime
    until: datetime
    due: datetime
    copies: int = 0
    brought_back: int = 0

    @classmethod
    def read(cls, checkpoint: Item) -> Self | None:
        """The wait in a checkpoint; None if its message does not wait."""
        if "waits_in" not in checkpoint:
            return None
        return cls(
            message_id=text(checkpoint, "pk").removeprefix(partition("")),
            company_id=text(checkpoint, "company_id"),
            job=text(checkpoint, "waits_job"),
            reason=text(checkpoint, "waits_for"),
            since=datetime.fromisoformat(text(checkpoint, "waits_since")),
            until=datetime.fromisoformat(text(checkpoint, "waits_until")),
            due=datetime.fromisoformat(text(checkpoint, "waits_due")),
            copies=int(checkpoint["waits_copies"]),
            brought_back=int(checkpoint["waits_brought_back"]),
        )

    def to_item(self) -> Item:
        """The checkpoint's attributes; `ai_voice_shared.records.message_records.WAITING` names them."""
        return {
            "waits_in": _shard(zlib.crc32(self.message_id.encode()) % _SHARDS),
            "waits_due": timestamp(self.due),
            "waits_for": self.reason,
            "waits_since": timestamp(self.since),
            "waits_until": timestamp(self.until),
            "waits_job": self.job,
            "waits_copies": self.copies,
            "waits_brought_back": self.brought_back,
        }

    def again(self, why: Wait) -> Self:
        """The next wait: a short one in a copy in the queue; a long one, or one after many copies, for the sweep."""
        moment = now()
        pause = _pause(why, moment - self.since)
        short = why.until is None and pause <= timedelta(seconds=LONGEST_WAIT) and self.copies < _COPIES_IN_A_ROW
        return replace(
            self,
            reason=str(why),
            until=why.until or moment + pause,
            due=moment + pause + (_IN_QUEUE if short else timedelta()),
            copies=self.copies + 1 if short else 0,
            brought_back=0,
        )


def first(message_id: str, company_id: str, job: str) -> WaitingNote:
    """The message, before it has ever waited."""
    moment = now()
    return WaitingNote(message_id, company_id, job, "", since=moment, until=moment, due=moment)


def _pause(why: Wait, waited: timedelta) -> timedelta:
    """If the end of the wait is known, the message is still tried earlier, but less and less often."""
    pause = timedelta(seconds=why.seconds)
    if why.until is None:
        return pause
    return min(max(pause, waited), _LONGEST_LOOK, max(why.until - now(), timedelta(seconds=1)))


@dataclass(frozen=True)
class WaitingNotes:
    """The waiting notes of all companies, for the sweep and for operators."""

    ledger: Ledger

    def due(self, until: datetime) -> Iterator[WaitingNote]:
        """The notes that are due by then, as of about a second ago (an index follows its table); raises RetryLater."""
        for shard in range(_SHARDS):
            after: Item | None = None
            while page := self._page(shard, until, after):
                yield from (note for item in page if (note := WaitingNote.read(item)))
                after = {name: page[-1][name] for name in ("pk", "sk", _BY_DUE.partition, _BY_DUE.order)}

    def _page(self, shard: int, until: datetime, after: Item | None) -> list[Item]:
        return self.ledger.oldest(_BY_DUE, _shard(shard), until=timestamp(until), limit=_PAGE, after=after)

    def brought_back(self, note: WaitingNote, moment: datetime) -> None:
        """Records that the note is in the queue. It is due again only if no worker receives it, each time later.

        Nothing changes if a worker has received it in the meantime. Raises RetryLater.
        """
        later = moment + _IN_QUEUE * 2 ** min(note.brought_back, _DOUBLED_AT_MOST)
        self.ledger.update(
            partition(note.message_id),
            CHECKPOINT,
            {"waits_due": timestamp(later), "waits_brought_back": note.brought_back + 1},
            condition="waits_due = :due",
            known={"due": timestamp(note.due)},
        )


def _shard(number: int) -> str:
    return f"WAITING#{number}"
