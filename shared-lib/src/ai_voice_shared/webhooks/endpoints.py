"""A company's endpoints: where its events are sent to, how each one does, and the secrets that sign for it.

A secret lies in a partition of its own, which the sender reads and the data API only writes to.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, expiry, text
from ai_voice_shared.aws.ledger_writes import THERE, Update
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.erasure.ledger_record import Items, LedgerRecord
from ai_voice_shared.webhooks import signing
from ai_voice_shared.webhooks.endpoint import (
    FAILING_FOR,
    MOST_FAILURES,
    Endpoint,
    Paused,
    endpoint_in,
    month_of,
)

SIGNS_ALONG = timedelta(days=1)
"""How long the secret before the last change signs, too."""


@dataclass(frozen=True)
class Endpoints:
    """The endpoints of all companies. Every method needs the company and sees only its endpoints."""

    ledger: Ledger

    @staticmethod
    def partition(company_id: str) -> str:
        """The ledger's partition of a company's endpoints."""
        return f"WEBHOOKS#{company_id}"

    @staticmethod
    def secrets_of(company_id: str) -> str:
        """The ledger's partition of their secrets."""
        return f"WEBHOOKSECRETS#{company_id}"

    def create(self, company_id: str, url: str, events: Sequence[str]) -> tuple[str, Endpoint]:
        """A new endpoint, and its secret in clear text, which is told only now."""
        made = Endpoint(company_id, f"ep_{secrets.token_hex(8)}", url, tuple(events), timestamp(now()), "")
        secret, secret_id = self._new_secret(made)
        made = replace(made, secret_id=secret_id)
        self.ledger.put_new(
            {
                **self._key(company_id, made.endpoint_id),
                "url": url,
                "events": " ".join(events),
                "created_at": made.created_at,
                "secret_id": secret_id,
            }
        )
        return secret, made

    def of_company(self, company_id: str) -> list[Endpoint]:
        """The company's endpoints, the oldest first."""
        items = self.ledger.partition(self.partition(company_id))
        return sorted((endpoint_in(company_id, item) for item in items), key=lambda one: one.created_at)

    def get(self, company_id: str, endpoint_id: str) -> Endpoint | None:
        """The endpoint, or None if this company does not have it."""
        item = self.ledger.get(self.partition(company_id), endpoint_id)
        return endpoint_in(company_id, item) if item else None

    def change(self, endpoint: Endpoint, url: str, events: Sequence[str]) -> bool:
        """Changes where it is and what it gets; False if it was deleted meanwhile."""
        return self._update(endpoint, {"url": url, "events": " ".join(events)})

    def renew_secret(self, endpoint: Endpoint) -> tuple[str, Endpoint] | None:
        """A new secret, in clear text only now; the one before signs along for a day. None if the endpoint changed."""
        secret, secret_id = self._new_secret(endpoint)
        until = now() + SIGNS_ALONG
        values: Item = {"secret_id": secret_id, "secret_before": endpoint.secret_id, "before_until": timestamp(until)}
        if not self._update(endpoint, values, "secret_id = :known", {"known": endpoint.secret_id}):
            return None
        old = f"{endpoint.endpoint_id}#{endpoint.secret_id}"
        self.ledger.update(
            self.secrets_of(endpoint.company_id), old, {"expires_at": expiry(until)}, condition="attribute_exists(pk)"
        )
        changed = replace(
            endpoint, secret_id=secret_id, secret_before=endpoint.secret_id, before_until=timestamp(until)
        )
        return secret, changed

    def signing_secrets(self, endpoint: Endpoint) -> list[str]:
        """The secrets that sign now, the latest first. Only the sender may read them."""
        wanted = [endpoint.secret_id]
        if endpoint.secret_before and timestamp(now()) < endpoint.before_until:
            wanted.append(endpoint.secret_before)
        places = [f"{endpoint.endpoint_id}#{one}" for one in wanted]
        found = [self.ledger.get(self.secrets_of(endpoint.company_id), place) for place in places]
        return [text(item, "secret") for item in found if item]

    def delete(self, endpoint: Endpoint) -> None:
        """Deletes the endpoint and its secrets; what waits for it is not sent any more."""
        self.ledger.delete(self.partition(endpoint.company_id), endpoint.endpoint_id)
        for secret_id in filter(None, (endpoint.secret_id, endpoint.secret_before)):
            self.ledger.delete(self.secrets_of(endpoint.company_id), f"{endpoint.endpoint_id}#{secret_id}")

    def pause(self, endpoint: Endpoint, why: Paused, problem: str = "") -> bool:
        """Stops sending to it until it is resumed; False if it is paused or deleted already."""
        values: Item = {"paused_why": why, "paused_at": timestamp(now()), "problem": problem, "kept": 0}
        return self._update(endpoint, values, "attribute_not_exists(paused_why)")

    def resume(self, endpoint: Endpoint) -> bool:
        """Sends to it again; False if it was deleted meanwhile."""
        over = ("paused_why", "paused_at", "problem", "failures", "failing_since", "kept")
        update = self._updating(endpoint, {}, remove=over)
        return self.ledger.exchange(update) is not None

    def succeeding(self, endpoint: Endpoint, milliseconds: int) -> Update:
        """The write that counts a delivery."""
        month = month_of(now())
        adds = {f"delivered_{month}": 1, f"ms_{month}": milliseconds}
        return self._updating(endpoint, {}, adds=adds, remove=("failures", "failing_since"))

    def failed(self, endpoint: Endpoint, problem: str) -> None:
        """Counts a try that failed, and pauses the endpoint if there were too many of them for too long."""
        at = timestamp(now())
        adds = {"failures": 1, f"failed_{month_of(now())}": 1}
        before = self.ledger.exchange(self._updating(endpoint, {}, adds=adds, first={"failing_since": at}))
        if before is None:
            return
        since = datetime.fromisoformat(text(before, "failing_since") or at)
        if int(before.get("failures", 0)) + 1 >= MOST_FAILURES and now() - since >= FAILING_FOR:
            self.pause(endpoint, "failures", problem)

    def keeping(self, endpoint: Endpoint) -> Update:
        """The write that counts an event that is kept for it."""
        return self._updating(endpoint, {}, adds={"kept": 1})

    def exported(self, company_id: str) -> list[dict[str, Any]]:
        """What a company's export has of them: where they are and what they get, nothing that signs."""
        names = ("endpoint_id", "url", "events", "created_at", "paused_why", "paused_at")
        return [{name: getattr(one, name) for name in names} for one in self.of_company(company_id)]

    def erasable(self) -> LedgerRecord:
        """Endpoints are the company's; they hold nothing of a message or a person."""
        return LedgerRecord(
            ledger=self.ledger,
            counted_as="webhooks",
            message=None,
            person=None,
            company=lambda company_id: Items(self.partition(company_id)),
        )

    def erasable_secrets(self) -> LedgerRecord:
        """Their secrets go with the company, too."""
        return LedgerRecord(
            ledger=self.ledger,
            counted_as="webhook_secrets",
            message=None,
            person=None,
            company=lambda company_id: Items(self.secrets_of(company_id)),
        )

    def _new_secret(self, endpoint: Endpoint) -> tuple[str, str]:
        secret, secret_id = signing.new_secret(), secrets.token_hex(4)
        place = f"{endpoint.endpoint_id}#{secret_id}"
        self.ledger.put_new({"pk": self.secrets_of(endpoint.company_id), "sk": place, "secret": secret})
        return secret, secret_id

    def _key(self, company_id: str, endpoint_id: str) -> Item:
        return {"pk": self.partition(company_id), "sk": endpoint_id}

    def _update(self, endpoint: Endpoint, values: Item, condition: str = "", known: Item | None = None) -> bool:
        condition = f"{THERE} AND {condition}" if condition else THERE
        pk = self.partition(endpoint.company_id)
        return self.ledger.update(pk, endpoint.endpoint_id, values, condition=condition, known=known)

    def _updating(
        self,
        endpoint: Endpoint,
        values: Item,
        *,
        adds: dict[str, int] | None = None,
        first: Item | None = None,
        remove: tuple[str, ...] = (),
    ) -> Update:
        pk = self.partition(endpoint.company_id)
        return Update(pk, endpoint.endpoint_id, values, first or {}, adds or {}, condition=THERE, remove=remove)
