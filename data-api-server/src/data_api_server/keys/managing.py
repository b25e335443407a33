"""Which keys a company's own key may make and revoke.

Each check reads the ledger: API Gateway remembers for a minute that a key works, and in that minute a key that was
revoked must not make another one.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from ai_voice_shared.records.api_keys import ApiKey, ApiKeys
from ai_voice_shared.telemetry import log
from data_api_server.gateway.problems import MissingScope, NoCompany, NotThere, OwnKey
from data_api_server.keys.models import CompanyKeys, KeyCreated, KeyShown, KeyWanted
from data_api_server.models.ask import Unknown
from data_api_server.realtime.tickets import Principal

MOST_KEYS = 100
"""Of one company. The list of them is not paged."""

_KEY_ID = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True)
class Managing:
    """Lists, makes and revokes keys for the holder of one, in its company."""

    keys: ApiKeys
    principal: Principal

    def listed(self) -> CompanyKeys:
        """All that are not revoked."""
        found = self.keys.of_company(self.principal.company_id)
        return CompanyKeys(keys=[KeyShown.model_validate(self._shown(one)) for one in found])

    def make(self, wanted: KeyWanted) -> KeyCreated:
        """A new key, which may do no more than its maker, and works no longer."""
        maker = self._maker()
        for scope in wanted.scopes:
            if scope not in maker.scopes:
                raise MissingScope(scope)
        self._check(wanted)
        company_id = self.principal.company_id
        secret, made = self.keys.create(company_id, wanted.name, wanted.scopes, _end(wanted, maker))
        log("key_created", company_id=company_id, key_id=made.key_id, by=maker.key_id)
        return KeyCreated.model_validate({**self._shown(made), "secret": secret})

    def revoke(self, key_id: str) -> KeyShown:
        """Ends another key. The last one that makes keys stays: nobody but an operator can end it."""
        maker = self._maker()
        if key_id == maker.key_id:
            raise OwnKey
        found = {one.key_id: one for one in self._all()} if _KEY_ID.fullmatch(key_id) else {}
        if key_id not in found or not self.keys.revoke(self.principal.company_id, key_id):
            raise NotThere
        log("key_revoked", company_id=self.principal.company_id, key_id=key_id, by=maker.key_id)
        return KeyShown.model_validate(self._shown(found[key_id]))

    def _maker(self) -> ApiKey:
        key = self.keys.working(self.principal.company_id, self.principal.key_id)
        if key is None:
            raise NoCompany
        if "keys" not in key.scopes:
            raise MissingScope("keys")
        return key

    def _check(self, wanted: KeyWanted) -> None:
        if wanted.expires_at and wanted.expires_at <= self.keys.clock():
            raise Unknown("expires_at", "Should be later than now")
        if len(self._all()) >= MOST_KEYS:
            raise Unknown("body", f"The company has {MOST_KEYS} keys; revoke one first")

    def _all(self) -> list[ApiKey]:
        return self.keys.of_company(self.principal.company_id)

    def _shown(self, key: ApiKey) -> dict[str, object]:
        return {
            "key_id": key.key_id,
            "name": key.name,
            "scopes": list(key.scopes),
            "created_at": key.created_at,
            "expires_at": key.expires_at or None,
            "used_on": key.used_on or None,
            "own": key.key_id == self.principal.key_id,
        }


def _end(wanted: KeyWanted, maker: ApiKey) -> datetime | None:
    """From when on the new key does not work: what is wanted, but not later than its maker."""
    its_makers = datetime.fromisoformat(maker.expires_at) if maker.expires_at else None
    return min((one for one in (wanted.expires_at, its_makers) if one), default=None)
