"""A key is bound to one company, shown once and kept only as a hash."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from support.account import Account

from ai_voice_shared.aws.ledger_items import text
from ai_voice_shared.records.api_keys import FIRST_SCOPES, ApiKeys


@pytest.fixture
def keys(account: Account) -> ApiKeys:
    return ApiKeys(account.ledger)


def test_a_key_is_found_by_its_secret(keys: ApiKeys) -> None:
    secret, key = keys.create("acme", "console")
    assert keys.find(secret) == key
    assert (key.company_id, key.name) == ("acme", "console")


def test_the_secret_is_nowhere_in_the_table(account: Account, keys: ApiKeys) -> None:
    secret, _ = keys.create("acme", "console")
    stored = json.dumps(account.ledger.client.scan(TableName=account.ledger.table)["Items"])
    assert "console" in stored
    assert secret not in stored
    assert secret.removeprefix("avt_") not in stored


def test_every_key_is_another(keys: ApiKeys) -> None:
    secrets = {keys.create("acme", "console")[0] for _ in range(20)}
    assert len(secrets) == 20


def test_a_company_lists_its_own_keys_oldest_first(keys: ApiKeys) -> None:
    created = [keys.create("acme", name)[1] for name in ("one", "two", "three")]
    keys.create("acme-two", "theirs")
    listed = keys.of_company("acme")
    assert {key.key_id for key in listed} == {key.key_id for key in created}
    assert [key.created_at for key in listed] == sorted(key.created_at for key in created)


def test_a_revoked_key_works_no_more_and_the_others_do(keys: ApiKeys) -> None:
    secret, key = keys.create("acme", "one")
    kept, _ = keys.create("acme", "two")
    assert keys.revoke("acme", key.key_id)
    assert keys.find(secret) is None
    assert keys.find(kept)
    assert [key.name for key in keys.of_company("acme")] == ["two"]
    assert not keys.revoke("acme", key.key_id)


def test_the_day_of_a_keys_use_is_kept_once_a_day_for_the_list_and_the_check(account: Account) -> None:
    day = [datetime(2026, 11, 26, 23, 59, tzinfo=UTC)]
    keys = ApiKeys(account.ledger, lambda: day[0])
    secret, made = keys.create("acme", "one")
    assert made.used_on == ""
    keys.keep_use(secret, made)
    assert [key.used_on for key in (keys.find(secret), *keys.of_company("acme")) if key] == ["2026-11-26"] * 2
    found = keys.find(secret)
    assert found
    nowhere = ApiKeys(replace(account.ledger, table="no-such-table"), keys.clock)
    nowhere.keep_use(secret, found)  # writes nothing
    day[0] += timedelta(minutes=1)
    keys.keep_use(secret, found)
    assert [key.used_on for key in keys.of_company("acme")] == ["2026-11-27"]


def test_a_use_does_not_bring_back_a_key_that_was_revoked_meanwhile(account: Account, keys: ApiKeys) -> None:
    secret, key = keys.create("acme", "one")
    keys.revoke("acme", key.key_id)
    keys.keep_use(secret, key)
    assert account.ledger.client.scan(TableName=account.ledger.table)["Items"] == []


def test_a_company_can_not_revoke_anothers_key(keys: ApiKeys) -> None:
    secret, key = keys.create("acme", "one")
    assert not keys.revoke("bolt", key.key_id)
    assert keys.find(secret) == key


@pytest.mark.parametrize("secret", ["", "avt_", "avt_" + "x" * 42, "avt_" + "x" * 44, "avt_" + "é" * 43])
def test_what_is_no_key_is_not_even_looked_up(keys: ApiKeys, secret: str) -> None:
    assert keys.find(secret) is None


def test_neither_a_hash_nor_more_than_the_key_opens_anything(account: Account, keys: ApiKeys) -> None:
    secret, key = keys.create("acme", "console")
    item = account.ledger.get("APIKEYS#acme", key.key_id)
    assert item
    for tried in (str(item["hash"]), secret + "\n", f" {secret}", secret.upper(), secret[:-1] + "!"):
        assert keys.find(tried) is None


def test_a_new_key_reads_and_corrects_unless_somebody_wants_other_scopes(keys: ApiKeys) -> None:
    usual, _ = keys.create("acme", "console")
    chosen, _ = keys.create("acme", "office", ["erase", "read"])
    assert [found.scopes for secret in (usual, chosen) if (found := keys.find(secret))] == [
        ("read", "write"),
        ("read", "erase"),
    ]
    assert {key.scopes for key in keys.of_company("acme")} == {("read", "write"), ("read", "erase")}


def test_a_key_that_was_made_before_there_were_scopes_may_do_what_it_could(account: Account, keys: ApiKeys) -> None:
    secret, key = keys.create("acme", "console")
    item = account.ledger.get("APIKEYS#acme", key.key_id)
    assert item
    for pk, sk in (("APIKEYS#acme", key.key_id), (f"APIKEY#{text(item, 'hash')}", "KEY")):
        account.ledger.update(pk, sk, {}, remove=("scopes",))
    found = keys.find(secret)
    assert found
    assert found.scopes == keys.of_company("acme")[0].scopes == FIRST_SCOPES


def test_a_scope_of_a_newer_release_is_passed_over_and_none_is_none(account: Account, keys: ApiKeys) -> None:
    secret, key = keys.create("acme", "console")
    item = account.ledger.get("APIKEYS#acme", key.key_id)
    assert item
    for told, scopes in (("read paint", ("read",)), ("", ())):
        account.ledger.update(f"APIKEY#{text(item, 'hash')}", "KEY", {"scopes": told})
        found = keys.find(secret)
        assert found
        assert found.scopes == scopes


def test_an_expired_key_opens_nothing_and_stays_in_the_list(account: Account) -> None:
    moment = datetime(2026, 11, 28, 12, tzinfo=UTC)
    just_before = ApiKeys(account.ledger, lambda: moment - timedelta(seconds=1))
    then = ApiKeys(account.ledger, lambda: moment)
    secret, key = just_before.create("acme", "console", expires=moment)
    assert just_before.find(secret) == key
    assert just_before.may("acme", key.key_id, "read")
    assert then.find(secret) is None
    assert not then.may("acme", key.key_id, "read")
    assert then.of_company("acme") == [key]
    assert then.revoke("acme", key.key_id)


def test_a_key_may_what_its_scopes_say_in_its_own_company(keys: ApiKeys) -> None:
    _, key = keys.create("acme", "console", ["read"])
    assert keys.may("acme", key.key_id, "read")
    assert not keys.may("acme", key.key_id, "erase")
    assert not keys.may("bolt", key.key_id, "read")
    keys.revoke("acme", key.key_id)
    assert not keys.may("acme", key.key_id, "read")
