"""How one run at a time holds a request, writes down its progress, and ends it."""

import json
import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from ai_voice_shared.aws.ledger_items import Item, expiry, text
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.errors import RetryLater, Wait
from ai_voice_shared.records.data_requests import DataRequest, DataRequests

KEPT = timedelta(days=400)
"""How long a person's request is kept after it is done. A company's stays, because it holds nothing of a person."""


class Lost(RetryLater):
    """Another run holds the request now, or it does not exist any more. The other run goes on."""

    def __init__(self) -> None:
        super().__init__("another run holds the request now")


_LEASE = ("lease_until", "held_by")


@dataclass
class HeldRequest:
    """An open request that this run holds alone, for the lease's length.

    Attributes:
        request: its current state.
    """

    requests: DataRequests
    request: DataRequest
    owner: str

    def note(
        self,
        *,
        counts: Mapping[str, int] | None = None,
        problem: str | None = None,
        parts: int | None = None,
        position: str | None = None,
        doing: str | None = None,
    ) -> None:
        """Writes down how far it has come, all in one write; raises Lost."""
        given = {"problem": problem, "parts": parts, "position": position, "doing": doing}
        changes: Item = {name: value for name, value in given.items() if value is not None}
        counted = dict(counts) if counts is not None else None
        if counted is not None:
            changes |= {"counts": json.dumps(counted)}
        self._update(changes)
        self.request = replace(self.request, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
        if counted is not None:
            self.request = replace(self.request, counts=counted)

    def counted(self, more: Mapping[str, int]) -> dict[str, int]:
        """The counts with so much more."""
        names = dict.fromkeys((*self.request.counts, *more))
        return {name: self.request.counts.get(name, 0) + more.get(name, 0) for name in names}

    def release(self) -> None:
        """Lets the next run begin at once instead of after the lease."""
        self._update({}, remove=_LEASE)

    def finish(self, state: Literal["done", "cancelled"]) -> None:
        """Ends the request: nothing is left to do."""
        moment = now()
        ended: Item = {"state": state, "finished_at": timestamp(moment)}
        ended |= dict.fromkeys(("problem", "position", "doing"), "")  # they may name messages
        if self.request.kind != "erase-company":
            ended |= {"expires_at": expiry(moment + KEPT)}
        self._update(ended, remove=_LEASE)
        close(self.requests, self.request)

    def _update(self, values: Item, remove: tuple[str, ...] = ()) -> None:
        pk, sk, mine = self.request.partition, self.request.request_id, {"mine": self.owner}
        ledger = self.requests.ledger
        if not ledger.update(pk, sk, values, condition="held_by = :mine", known={**mine}, remove=remove):
            raise Lost


def claim(requests: DataRequests, request: DataRequest, lease: timedelta) -> HeldRequest | None:
    """The request, held for the lease's length; None if it is finished. Raises Wait while another run holds it."""
    request = requests.kept(request)
    owner, moment = secrets.token_hex(8), now()
    claimed = requests.ledger.update(
        request.partition,
        request.request_id,
        {"held_by": owner, "lease_until": timestamp(moment + lease)},
        condition="attribute_exists(pk) AND attribute_not_exists(finished_at) "
        "AND (attribute_not_exists(lease_until) OR lease_until < :now)",
        known={"now": timestamp(moment)},
    )
    if claimed:
        return HeldRequest(requests, requests.kept(request), owner)
    item = requests.ledger.get(request.partition, request.request_id) or {}
    if "finished_at" in item:
        close(requests, request)  # the run that finished it was killed before this
        return None
    until = datetime.fromisoformat(text(item, "lease_until") or timestamp(moment))
    raise Wait("another run is at the request", max(1, math.ceil((until - moment).total_seconds())))


def close(requests: DataRequests, request: DataRequest) -> None:
    """Removes a finished request from the open ones."""
    requests.ledger.delete(*request.open_place)
