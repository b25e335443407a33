"""The newest good customers file is in force, even if the one in S3 is broken or missing."""

import json
from dataclasses import dataclass
from typing import Any, cast

import pytest
from botocore.exceptions import ConnectTimeoutError
from support.account import Account

from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.domain import Company
from ai_voice_shared.errors import Misconfigured, RetryLater
from customer_lookup_server.directory import RECHECK_SECONDS, Directory

KEY = "customers.json"
SENDER = "+491512345678"


class Clock:
    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Cable:
    """An S3 client whose network can be unplugged."""

    client: Any
    plugged: bool = True

    def get_object(self, **request: Any) -> Any:
        if not self.plugged:
            raise ConnectTimeoutError(endpoint_url="s3")
        return self.client.get_object(**request)


def put(account: Account, name: str, **customer: Any) -> None:
    company = {"company_id": "acme", "name": "Acme Ltd"}
    ann = {"customer_id": "ann", "company_id": "acme", "name": name, "phone_numbers": [SENDER]} | customer
    body = json.dumps({"companies": [company], "customers": [ann]}).encode()
    account.store.put(KEY, body, "application/json")


def put_broken(account: Account, body: bytes = b"{") -> None:
    account.store.put(KEY, body, "application/json")


def name_of(directory: Directory, *names: str) -> str | None:
    known = directory.find(names or (SENDER,))
    return known.customer.name if known else None


def alarms(printed: str) -> int:
    return sum("CustomersFileBroken" in json.loads(line) for line in printed.splitlines())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def directory(account: Account, clock: Clock) -> Directory:
    return Directory(account.store, KEY, clock)


def test_the_first_identity_that_is_known_decides(account: Account, directory: Directory) -> None:
    put(account, "Ann", external_ids=["US.77"])
    assert name_of(directory, "+15550100", "US.77") == "Ann"
    assert name_of(directory, "+15550100") is None
    assert directory.find(()) is None


def test_a_change_is_seen_within_seconds_but_not_looked_for_each_time(
    account: Account, directory: Directory, clock: Clock
) -> None:
    put(account, "Ann")
    assert name_of(directory) == "Ann"
    put(account, "Anna")
    assert name_of(directory) == "Ann"
    clock.seconds += RECHECK_SECONDS + 1
    assert name_of(directory) == "Anna"
    clock.seconds += RECHECK_SECONDS + 1
    assert name_of(directory) == "Anna"


def test_a_broken_file_leaves_the_last_good_one_in_force_and_raises_one_alarm(
    account: Account, directory: Directory, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    put(account, "Ann")
    assert name_of(directory) == "Ann"
    put(account, "Eve", phone_numbers=["0151 2345678"])
    for _ in range(3):
        clock.seconds += RECHECK_SECONDS + 1
        assert name_of(directory) == "Ann"
    printed = capsys.readouterr().out
    assert alarms(printed) == 1
    assert "customers[0].phone_numbers[0] is not an international number" in printed
    assert "2345678" not in printed
    put(account, "Anna")
    clock.seconds += RECHECK_SECONDS + 1
    assert name_of(directory) == "Anna"


def test_a_file_put_before_we_asked_more_of_it_stays_in_force(
    account: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each customer keeps the number as it is written there, so that nobody's notes change their company."""
    companies = [{"company_id": name, "name": name, "languages": ["xx"]} for name in ("acme", "beta")]
    customers = [
        {"customer_id": "ann", "company_id": "acme", "name": "Ann", "phone_numbers": ["+55 11 98765-4321"]},
        {"customer_id": "bea", "company_id": "beta", "name": "Bea", "phone_numbers": ["+55 11 8765-4321"]},
        {"customer_id": "cy", "company_id": "beta", "name": "Cy", "phone_numbers": ["+999 12345678"]},
    ]
    account.store.put(KEY, json.dumps({"companies": companies, "customers": customers}).encode(), "application/json")
    directory = Directory(account.store, KEY)
    assert name_of(directory, "+5511987654321") == "Ann"
    assert name_of(directory, "+551187654321") == "Bea"
    assert name_of(directory, "+99912345678") == "Cy"
    assert directory.company("acme") == Company("acme", "acme", ("xx",))
    printed = capsys.readouterr().out
    assert "customers[1].phone_numbers[0] belongs to customers[0] already" in printed
    assert "87654321" not in printed.replace("-", "")


def test_after_a_cold_start_the_newest_earlier_good_version_is_in_force(
    account: Account, directory: Directory, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("Old", "Ann"):
        put(account, name)
    for body in (b"{", b"[]"):
        put_broken(account, body)
    assert name_of(directory) == "Ann"
    clock.seconds += RECHECK_SECONDS + 1
    assert name_of(directory) == "Ann"
    assert alarms(capsys.readouterr().out) == 1


def test_a_deleted_file_leaves_the_last_good_one_in_force(
    account: Account, directory: Directory, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    put(account, "Ann")
    assert name_of(directory) == "Ann"
    account.store.delete(KEY)
    for _ in range(2):
        clock.seconds += RECHECK_SECONDS + 1
        assert name_of(directory) == "Ann"
    assert name_of(Directory(account.store, KEY)) == "Ann"
    assert alarms(capsys.readouterr().out) == 2
    put(account, "Anna")
    clock.seconds += RECHECK_SECONDS + 1
    assert name_of(directory) == "Anna"


def test_without_any_file_the_error_says_how_to_put_one(account: Account, directory: Directory) -> None:
    with pytest.raises(Misconfigured) as raised:
        name_of(directory)
    assert str(raised.value) == (
        "customers.json is missing in bucket notes: put it there; infrastructure/README.md says how, under Customers"
    )
    put(account, "Ann")
    assert name_of(directory) == "Ann"


def test_without_any_good_version_the_error_says_what_is_broken(account: Account, directory: Directory) -> None:
    put_broken(account)
    for _ in range(2):
        with pytest.raises(Misconfigured, match=r"customers\.json is broken in bucket notes: the file is not JSON"):
            name_of(directory)


def test_an_unreachable_s3_leaves_the_file_in_memory_in_force(
    account: Account, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    cable = Cable(account.store.client)
    directory = Directory(ObjectStore(cast("Any", cable), "notes"), KEY, clock)
    put(account, "Ann")
    assert name_of(directory) == "Ann"
    cable.plugged = False
    clock.seconds += RECHECK_SECONDS + 1
    assert name_of(directory) == "Ann"
    assert alarms(capsys.readouterr().out) == 0
    cable.plugged = True
    put(account, "Anna")
    clock.seconds += RECHECK_SECONDS + 1
    assert name_of(directory) == "Anna"


def test_an_unreachable_s3_with_nothing_in_memory_is_tried_again_later(account: Account) -> None:
    cable = Cable(account.store.client, plugged=False)
    directory = Directory(ObjectStore(cast("Any", cable), "notes"), KEY)
    put(account, "Ann")
    with pytest.raises(RetryLater):
        name_of(directory)
    cable.plugged = True
    assert name_of(directory) == "Ann"
