"""A company's keys are listed, made and revoked by one of its keys, which can give no more than it has."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from support.account import Account
from support.api import quotas, served, services
from unit.data_api_server.gateway import ACME, BOLT, Answer, Gateway

from ai_voice_shared.domain import Limits, now, timestamp
from ai_voice_shared.records.api_keys import SCOPES, ApiKey, ApiKeys, Scope
from data_api_server.keys.managing import MOST_KEYS


@dataclass(frozen=True)
class Client(Gateway):
    """Somebody who has a key that the ledger knows; `scopes` are what the authorizer remembers of it."""

    key_id: str = ""

    def event(self, method: str, path: str, query: str = "") -> dict[str, Any]:
        event = super().event(method, path, query)
        event["requestContext"]["authorizer"]["lambda"]["key_id"] = self.key_id
        return event

    def make(self, **wanted: object) -> Answer:
        body = {"name": "tablet", "scopes": ["read"]} | wanted
        return self.send("POST", "/v1/keys", json.dumps(body), {"content-type": "application/json"})

    def names(self) -> list[str]:
        return [one["name"] for one in self.get("/v1/keys").json()["keys"]]


@dataclass(frozen=True)
class Office:
    account: Account
    keys: ApiKeys

    def client(self, company_id: str = ACME, scopes: tuple[Scope, ...] = SCOPES, **others: Any) -> Client:
        _, key = self.keys.create(company_id, "office", scopes, **others)
        return Client(served(services(self.account)), company_id, scopes=" ".join(scopes), key_id=key.key_id)

    def of(self, company_id: str = ACME) -> list[ApiKey]:
        return self.keys.of_company(company_id)


@pytest.fixture
def office(account: Account) -> Office:
    return Office(account, ApiKeys(account.ledger))


def test_a_new_key_is_told_once_works_and_is_listed_without_its_secret(office: Office) -> None:
    client = office.client()
    answer = client.make(name="  tablet,  site office ", scopes=["write", "read"])
    assert answer.status == 201
    made = answer.json()
    found = office.keys.find(made["secret"])
    assert found is not None
    assert (found.company_id, found.name, found.scopes) == (ACME, "tablet, site office", ("read", "write"))
    assert answer.headers["cache-control"] == "no-store"
    listed = client.get("/v1/keys")
    assert made["secret"] not in listed.body
    assert [(one["name"], one["own"]) for one in listed.json()["keys"]] == [
        ("office", True),
        ("tablet, site office", False),
    ]
    assert listed.json()["keys"][1] == {name: made[name] for name in made if name != "secret"}


def test_the_list_tells_on_which_day_a_key_was_last_used(office: Office) -> None:
    client = office.client()
    secret, made = office.keys.create(ACME, "tablet")
    assert [one["used_on"] for one in client.get("/v1/keys").json()["keys"]] == [None, None]
    office.keys.keep_use(secret, made)
    listed = client.get("/v1/keys").json()["keys"]
    assert {one["name"]: one["used_on"] for one in listed} == {"office": None, "tablet": timestamp(now())[:10]}


def test_a_revoked_key_opens_nothing_and_the_others_do(office: Office) -> None:
    client = office.client()
    made = client.make().json()
    kept = client.make(name="kept").json()
    answer = client.ask("DELETE", f"/v1/keys/{made['key_id']}")
    assert (answer.status, answer.json()["name"]) == (200, "tablet")
    assert office.keys.find(made["secret"]) is None
    assert office.keys.find(kept["secret"])
    assert client.names() == ["office", "kept"]
    assert client.ask("DELETE", f"/v1/keys/{made['key_id']}").status == 404


def test_a_key_can_not_revoke_itself_so_one_that_makes_keys_is_left(office: Office) -> None:
    client = office.client()
    answer = client.ask("DELETE", f"/v1/keys/{client.key_id}")
    assert (answer.status, answer.is_problem) == (409, True)
    assert "make api-key-revoke" in answer.json()["detail"]
    assert client.names() == ["office"]


@pytest.mark.parametrize("scopes", [["read", "erase"], ["erase"]])
def test_a_key_gives_no_scope_that_it_does_not_have(office: Office, scopes: list[str]) -> None:
    client = office.client(scopes=("read", "write", "keys"))
    answer = client.make(scopes=scopes)
    assert (answer.status, answer.json()["type"]) == (403, "urn:problem:missing-scope")
    assert "`erase`" in answer.json()["detail"]
    assert client.names() == ["office"]


def test_what_counts_is_what_the_ledger_says_of_the_key_not_what_the_authorizer_remembers(office: Office) -> None:
    remembered = replace(office.client(scopes=("read", "keys")), scopes=" ".join(SCOPES))
    assert remembered.make(scopes=["erase"]).status == 403
    reader = replace(office.client(scopes=("read",)), scopes=" ".join(SCOPES))
    assert reader.make().status == 403
    assert reader.ask("DELETE", f"/v1/keys/{remembered.key_id}").status == 403


def test_a_key_that_was_revoked_a_moment_ago_makes_and_revokes_none(office: Office) -> None:
    client, other = office.client(), office.client()
    office.keys.revoke(ACME, client.key_id)
    assert client.make().status == client.ask("DELETE", f"/v1/keys/{other.key_id}").status == 401
    assert [key.key_id for key in office.of()] == [other.key_id]


def test_a_key_works_no_longer_than_the_one_that_made_it(office: Office) -> None:
    soon, later = now() + timedelta(days=1), now() + timedelta(days=90)
    client = office.client(expires=later)
    for wanted, until in ((None, later), (soon, soon), (later + timedelta(days=1), later)):
        made = client.make(expires_at=wanted and wanted.isoformat()).json()
        assert made["expires_at"] == timestamp(until)
    assert office.client().make().json()["expires_at"] is None


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": " \t "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "tab\u202elet"}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["read", "read"]}, "scopes"),
        ({"scopes": ["all"]}, "scopes.0"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": "2026-11-20T00:00:00"}, "expires_at"),
        ({"company_id": "bolt"}, "company_id"),
    ],
)
def test_what_can_be_no_key_is_refused_with_its_field(office: Office, wanted: dict[str, object], field: str) -> None:
    client = office.client()
    answer = client.make(**wanted)
    assert answer.status == 422
    assert answer.json()["errors"][0]["field"] == field
    assert client.names() == ["office"]


def test_a_company_has_at_most_so_many(office: Office) -> None:
    client = office.client()
    for _ in range(MOST_KEYS - 1):
        office.keys.create(ACME, "script")
    answer = client.make()
    assert answer.status == 422
    assert str(MOST_KEYS) in answer.json()["detail"]
    assert len(office.of()) == MOST_KEYS


def test_nobody_sees_or_ends_anothers_keys(office: Office) -> None:
    theirs, ours = office.client(BOLT), office.client()
    assert ours.ask("DELETE", f"/v1/keys/{theirs.key_id}") == ours.ask("DELETE", "/v1/keys/00000000")
    assert ours.ask("DELETE", f"/v1/keys/{theirs.key_id}").status == 404
    ours.make(name="ours")
    assert theirs.names() == ["office"]
    assert len(office.of(BOLT)) == 1


@pytest.mark.parametrize("key_id", ["x", "1a2b3c4", "1A2B3C4D", "1a2b3c4d\n", "../x", "é" * 2000])
def test_what_is_no_key_id_is_not_there(office: Office, key_id: str) -> None:
    assert office.client().ask("DELETE", f"/v1/keys/{key_id}").status == 404


def test_an_expired_key_can_be_taken_off_the_list(office: Office) -> None:
    _, key = office.keys.create(ACME, "old", expires=now() - timedelta(days=1))
    client = office.client()
    assert client.ask("DELETE", f"/v1/keys/{key.key_id}").status == 200
    assert client.names() == ["office"]


def test_making_keys_is_held_to_a_pace(office: Office) -> None:
    client = office.client()
    slow = served(services(office.account, quotas=quotas(office.account, Limits(key_requests=1))))
    client = replace(client, handle=slow)
    assert [client.make().status, client.make().status] == [201, 429]


def test_no_secret_is_logged(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    secret = office.client().make(name="Steuerbüro Lang").json()["secret"]
    logged = "".join(capsys.readouterr())
    assert "key_created" in logged
    assert secret not in logged
    assert "Lang" not in logged
