"""Each company's analyses as the ledger has them: listed, made by one worker alone, and deleted.

What lists show of an analysis is one item, and what it says is another one. A third one for each of its notes tells
from the note which analyses rest on it, so that erasing a note costs the same in a company of any size.
"""

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import batched
from typing import Any

from ai_voice_shared.analyses.model import (
    Analysis,
    Choice,
    Content,
    Reason,
    Status,
    content_from_item,
    content_to_item,
    from_item,
    to_item,
)
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.aws.ledger_writes import THERE, Put, Update, Write
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.errors import RetryLater, Wait

_AT_ONCE = 90
"""Writes; a transaction takes 100."""

_OPEN = "attribute_exists(pk) AND attribute_not_exists(over_at)"
_MINE = f"{_OPEN} AND held_by = :me"

_TRIES = 10
_LOST = "the analysis was taken or deleted meanwhile"

type Change = Callable[[Content], Content]

type Hears = Callable[[Analysis], None]
"""Hears of a change of an analysis, once it is written. It is a hint, and does not raise."""


@dataclass(frozen=True)
class Held:
    """An analysis that one worker alone works on.

    Attributes:
        holder: tells this worker from others.
    """

    analysis: Analysis
    holder: str


@dataclass(frozen=True)
class Analyses:
    """The analyses of all companies. Every method needs the company and sees only its analyses."""

    ledger: Ledger
    hears: Hears = lambda _analysis: None

    def add(self, analysis: Analysis, choice: Choice) -> None:
        """Keeps a new one."""
        key = {"pk": listed(analysis.company_id), "sk": analysis.analysis_id}
        content = {"pk": contents(analysis.company_id), "sk": analysis.analysis_id}
        over: Item = {"over_at": timestamp(now())} if analysis.over else {}
        self.ledger.write_all(
            [Put({**key, **to_item(analysis), **over}), Put({**content, **content_to_item(Content(choice))})]
        )
        self.hears(analysis)

    def get(self, company_id: str, analysis_id: str) -> Analysis | None:
        """How far it has come; None if this company does not have it."""
        item = self.ledger.get(listed(company_id), analysis_id)
        return from_item(company_id, item) if item else None

    def content(self, company_id: str, analysis_id: str) -> Content | None:
        """What it says; None if this company does not have it."""
        item = self.ledger.get(contents(company_id), analysis_id)
        return content_from_item(item) if item else None

    def latest(self, company_id: str, limit: int, before: str = "") -> list[Analysis]:
        """At most so many, the newest first; of those asked for before one of this id."""
        return [from_item(company_id, item) for item in self.ledger.latest(listed(company_id), limit, before)]

    def each(self, company_id: str) -> Iterator[tuple[Analysis, Content]]:
        """All of the company's, the oldest first."""
        for item in self.ledger.partition(listed(company_id)):
            if content := self.content(company_id, text(item, "sk")):
                yield from_item(company_id, item), content

    def claim(self, company_id: str, analysis_id: str, lease: timedelta) -> Held | None:
        """Takes an analysis, so that no other worker has it; None if it is over or deleted.

        Raises Wait while another worker has it.
        """
        holder, moment = secrets.token_hex(8), now()
        known: Item = {"now": _milliseconds(moment)}
        free = f"{_OPEN} AND (attribute_not_exists(lease_until) OR lease_until < :now)"
        values: Item = {"held_by": holder, "lease_until": _milliseconds(moment + lease), "status": "working"}
        taken = self.ledger.update(listed(company_id), analysis_id, values, condition=free, known=known)
        item = self.ledger.get(listed(company_id), analysis_id)
        found = from_item(company_id, item) if item else None
        if item is None or found is None or found.over:
            return None
        if not taken:
            left = int(item.get("lease_until", 0)) - _milliseconds(moment)
            raise Wait("another worker makes the analysis", max(1, -(-left // 1000)))
        self.hears(found)
        return Held(found, holder)

    def extend(self, held: Held, lease: timedelta) -> None:
        """Keeps it for longer."""
        self.ledger.exchange(self._holding(held, {"lease_until": _milliseconds(now() + lease)}))

    def release(self, held: Held) -> None:
        """Lets another worker have it at once."""
        self.ledger.exchange(replace(self._holding(held, {}), remove=("lease_until",)))

    def point(self, held: Held, message_ids: Iterable[str]) -> None:
        """Keeps, for each of its notes, that it rests on it. This comes before anything of the notes is kept."""
        one = held.analysis
        for some in batched(message_ids, _AT_ONCE, strict=False):
            pointers = [Update(pointed(one.company_id), f"{note}#{one.analysis_id}", {"rests": True}) for note in some]
            self._write(held, {}, pointers)

    def outcomes(self, analysis: Analysis) -> list[Any]:
        """What was found in its groups, as it was kept, in their order."""
        items = self.ledger.partition(contents(analysis.company_id), f"{analysis.analysis_id}#")
        return [json.loads(text(item, "found")) for item in items]

    def keep_outcome(self, held: Held, number: int, found: object, done: int, paid: Sequence[Update]) -> None:
        """Keeps what was found in a group, and counts its cost with it; raises RetryLater if somebody else has."""
        one = held.analysis
        place = f"{one.analysis_id}#{number:04}"
        item: Item = {"pk": contents(one.company_id), "sk": place, "found": json.dumps(found)}
        self._write(held, {"done": done}, [Put(item), *paid])
        self.hears(replace(one, status="working", done=done))

    def keep(self, held: Held, change: Change, shown: Item, paid: Sequence[Update] = ()) -> Content:
        """Changes what it says, and counts its cost with it; an erasure may change it at the same time.

        `shown` are attributes for lists. Raises RetryLater if this worker does not have the analysis any more.
        """
        one = held.analysis
        for _ in range(_TRIES):
            before = self.content(one.company_id, one.analysis_id)
            if before is None:
                break
            after = replace(change(before), version=before.version + 1)
            if self.ledger.write_all([self._holding(held, shown), self._replacing(one, before, after), *paid]):
                return after
        raise RetryLater(_LOST)

    def pay(self, held: Held, paid: Sequence[Update]) -> None:
        """Counts the cost of what cannot be used."""
        self._write(held, {}, paid)

    def rewrite(self, company_id: str, analysis_id: str, change: Change) -> None:
        """Changes what it says, whoever else changes it meanwhile; raises RetryLater if that goes on for too long."""
        for _ in range(_TRIES):
            content = self.content(company_id, analysis_id)
            after = change(content) if content else None
            if content is None or after is content or after is None:
                return
            after = replace(after, version=content.version + 1)
            key = Analysis(company_id, analysis_id, "", "", "")
            if self.ledger.exchange(self._replacing(key, content, after)) is not None:
                return
        raise RetryLater("the analysis changes all the time")

    def finish(self, held: Held, status: Status, reason: Reason | None = None) -> None:
        """Ends the work on it. What was found in its groups is not needed any more."""
        one = held.analysis
        moment = timestamp(now())
        made: Item = {"made_at": moment} if status == "ready" else {}
        ended: Item = {"status": status, "reason": reason or "", "over_at": moment, **made}
        self._delete_outcomes(one.company_id, one.analysis_id)
        self._write(held, ended, [])
        if after := self.get(one.company_id, one.analysis_id):
            self.hears(after)

    def untitle(self, company_id: str, analysis_id: str, message_id: str) -> None:
        """Takes a note's title from the analysis that has it."""
        condition, known = f"{THERE} AND titled_by = :note", {"note": message_id}
        values: Item = {"title": "", "titled_by": ""}
        self.ledger.update(listed(company_id), analysis_id, values, condition=condition, known={**known})

    def delete(self, company_id: str, analysis_id: str) -> None:
        """Deletes it with all that it says. A worker that has it writes nothing more."""
        content = self.content(company_id, analysis_id)
        self.ledger.delete(listed(company_id), analysis_id)
        notes = content.choice.note_ids if content else ()
        self.ledger.delete_all(pointed(company_id), [f"{note}#{analysis_id}" for note in notes])
        self._delete_outcomes(company_id, analysis_id)
        self.ledger.delete(contents(company_id), analysis_id)

    def _delete_outcomes(self, company_id: str, analysis_id: str) -> None:
        self.ledger.delete_all(contents(company_id), self.ledger.places(contents(company_id), f"{analysis_id}#"))

    def _write(self, held: Held, values: Item, others: Sequence[Write]) -> None:
        """Writes all of it, or nothing and raises RetryLater if this worker does not have the analysis any more."""
        if not self.ledger.write_all([self._holding(held, values), *others]):
            raise RetryLater(_LOST)

    @staticmethod
    def _holding(held: Held, values: Item) -> Update:
        one = held.analysis
        named: Item = {"held_by": held.holder, **values}
        return Update(listed(one.company_id), one.analysis_id, named, condition=_MINE, known={"me": held.holder})

    @staticmethod
    def _replacing(one: Analysis, before: Content, after: Content) -> Update:
        known: Item = {"seen": before.version}
        return Update(
            contents(one.company_id), one.analysis_id, content_to_item(after), condition="version = :seen", known=known
        )


def contents(company_id: str) -> str:
    """The ledger's partition of what a company's analyses say."""
    return f"ANALYSED#{company_id}"


def pointed(company_id: str) -> str:
    """The ledger's partition of which notes a company's analyses rest on."""
    return f"ANALYSEDNOTES#{company_id}"


def listed(company_id: str) -> str:
    """The ledger's partition of what lists show of a company's analyses."""
    return f"ANALYSES#{company_id}"


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
