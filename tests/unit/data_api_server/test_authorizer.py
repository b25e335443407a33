"""The authorizer accepts a key that works, and says whose it is."""

import importlib
import os
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import timedelta
from types import ModuleType
from unittest import mock

import pytest
from support.account import Account
from support.waiting import HANGS

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.records.api_keys import ApiKeys

DENIED = {"isAuthorized": False, "context": {}}


@pytest.fixture
def authorizer(account: Account) -> ModuleType:
    with mock.patch.dict(os.environ, {"TABLE": account.ledger.table}):
        return importlib.import_module("data_api_server.authorizer")


@pytest.mark.parametrize("header", ["x-api-key", "X-Api-Key", "X-API-KEY"])
def test_a_key_that_works_is_let_in_as_its_company(account: Account, authorizer: ModuleType, header: str) -> None:
    secret, key = ApiKeys(account.ledger).create("acme", "console")
    answer = authorizer.handle({"version": "2.0", "headers": {"accept": "*/*", header: secret}}, None)
    told = {"company_id": "acme", "key_id": key.key_id, "scopes": "read write", "key_name": key.name}
    assert answer == {"isAuthorized": True, "context": told}


def test_a_keys_own_scopes_are_told(account: Account, authorizer: ModuleType) -> None:
    secret, _ = ApiKeys(account.ledger).create("acme", "console", ["erase", "read"])
    answer = authorizer.handle({"headers": {"x-api-key": secret}}, None)
    assert answer["context"]["scopes"] == "read erase"


@pytest.mark.parametrize("key", ["", "avt_", "avt_" + "x" * 43, "é" * 47, "APIKEYS#acme", "x" * 100_000])
def test_any_other_key_is_denied(authorizer: ModuleType, key: str) -> None:
    assert authorizer.handle({"headers": {"x-api-key": key}}, None) == DENIED


@pytest.mark.parametrize("event", [{}, {"headers": None}, {"headers": {}}, {"headers": {"x-api-key": None}}])
def test_no_key_is_denied(authorizer: ModuleType, event: dict[str, object]) -> None:
    assert authorizer.handle(event, None) == DENIED


def test_a_revoked_key_is_denied(account: Account, authorizer: ModuleType) -> None:
    keys = ApiKeys(account.ledger)
    secret, key = keys.create("acme", "console")
    keys.revoke("acme", key.key_id)
    assert authorizer.handle({"headers": {"x-api-key": secret}}, None) == DENIED


def test_an_expired_key_is_denied(account: Account, authorizer: ModuleType) -> None:
    keys = ApiKeys(account.ledger)
    secret, _ = keys.create("acme", "console", expires=now() - timedelta(seconds=1))
    lasting, _ = keys.create("acme", "console", expires=now() + timedelta(days=1))
    assert authorizer.handle({"headers": {"x-api-key": secret}}, None) == DENIED
    assert authorizer.handle({"headers": {"x-api-key": lasting}}, None)["isAuthorized"] is True


def test_nobody_is_let_in_and_nobody_told_off_while_the_ledger_does_not_answer(
    account: Account, authorizer: ModuleType
) -> None:
    keys = ApiKeys(replace(account.ledger, table="no-such-table"))
    with pytest.raises(RetryLater):
        authorizer.Authorizer(keys).authorize({"headers": {"x-api-key": "avt_" + "x" * 43}})


def test_the_day_of_its_use_is_kept(account: Account, authorizer: ModuleType) -> None:
    keys = ApiKeys(account.ledger)
    secret, _ = keys.create("acme", "console")
    keys.create("acme", "never used")
    authorizer.handle({"headers": {"x-api-key": secret}}, None)
    assert {key.name: key.used_on for key in keys.of_company("acme")} == {
        "console": timestamp(now())[:10],
        "never used": "",
    }


def test_a_key_is_let_in_while_its_use_cannot_be_kept(account: Account, authorizer: ModuleType) -> None:
    @dataclass(frozen=True)
    class ReadOnly(Ledger):
        def update(self, *_: object, **__: object) -> bool:
            raise RetryLater("DynamoDB answered ThrottlingException")

    secret, _ = ApiKeys(account.ledger).create("acme", "console")
    keys = ApiKeys(ReadOnly(account.ledger.client, account.ledger.table))
    assert authorizer.Authorizer(keys).authorize({"headers": {"x-api-key": secret}})["isAuthorized"] is True


def test_the_key_is_never_logged(account: Account, authorizer: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    secret, key = ApiKeys(account.ledger).create("acme", "console")
    for sent in (secret, secret[:-1] + "!"):
        authorizer.handle({"headers": {"x-api-key": sent}}, None)
    logged = "".join(capsys.readouterr())
    assert key.key_id in logged
    assert secret[4:-1] not in logged


def test_the_authorizer_pays_for_no_web_framework_and_no_search_engine() -> None:
    program = "import sys, data_api_server.authorizer; print(*sorted(sys.modules))"
    environment = os.environ | {"TABLE": "ledger", "AWS_DEFAULT_REGION": "eu-west-1"}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True, timeout=HANGS
    )
    loaded = set(done.stdout.split())
    assert not {"fastapi", "starlette", "pydantic", "pydantic_core", "mangum", "tantivy", "numpy"} & loaded
    ours = {name for name in loaded if name.startswith("data_api_server.")}
    assert ours == {"data_api_server.authorizer", "data_api_server.authorizer_wiring"}
    rooms = {name.split(".")[1] for name in loaded if name.startswith("ai_voice_shared.")}
    settings = {"calls"}  # what a company wants of calls is one of its settings
    assert rooms - settings == {"aws", "domain", "environment", "errors", "records", "telemetry"}
    assert "ai_voice_shared.calls.calls" not in loaded


def test_a_missing_table_is_named_at_start() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "TABLE"}
    done = subprocess.run(
        [sys.executable, "-c", "import data_api_server.authorizer"],
        env=environment | {"AWS_DEFAULT_REGION": "eu-west-1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=HANGS,
    )
    assert "TABLE is not set" in done.stderr
