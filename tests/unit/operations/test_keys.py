"""The command that makes, lists and ends API keys."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from support.account import Account

from ai_voice_operations.__main__ import main as operate
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.domain import Company, now, timestamp
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.records.api_keys import ApiKeys

Capture = pytest.CaptureFixture[str]


def main(arguments: list[str]) -> int:
    return operate(["keys", *arguments])


@pytest.fixture(autouse=True)
def _environment(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLE", account.ledger.table)
    monkeypatch.setenv("CUSTOMER_LOOKUP_FUNCTION", "customer-lookup")

    def company(_lookup: CustomerLookup, company_id: str) -> Company | None:
        return Company(company_id, company_id) if company_id in {"acme", "bolt"} else None

    monkeypatch.setattr(CustomerLookup, "company", company)


def test_create_prints_a_key_that_works_and_says_that_it_will_not_be_shown_again(
    account: Account, capsys: Capture
) -> None:
    assert main(["create", "--company", "acme", "--name", "console"]) == 0
    printed = capsys.readouterr()
    found = ApiKeys(account.ledger).find(printed.out.strip())
    assert found
    assert (found.company_id, found.name) == ("acme", "console")
    assert "will not be shown again" in printed.err


def test_list_shows_the_companys_keys_and_never_the_secret(capsys: Capture) -> None:
    main(["create", "--company", "acme", "--name", "console"])
    main(["create", "--company", "bolt", "--name", "theirs"])
    secret = capsys.readouterr().out.split()[0]
    assert main(["list", "--company", "acme"]) == 0
    printed = capsys.readouterr().out
    assert "console" in printed
    assert "theirs" not in printed
    assert secret not in printed


def test_a_key_is_made_for_the_scopes_that_are_named_and_listed_with_them(account: Account, capsys: Capture) -> None:
    assert main(["create", "--company", "acme", "--name", "office", "--scopes", "erase, read"]) == 0
    printed = capsys.readouterr()
    found = ApiKeys(account.ledger).find(printed.out.strip())
    assert found
    assert found.scopes == ("read", "erase")
    assert "for read,erase" in printed.err
    main(["create", "--company", "acme", "--name", "console"])
    main(["list", "--company", "acme"])
    listed = [line.split()[-2:] for line in capsys.readouterr().out.splitlines()[1:]]
    assert listed == [["read,erase", "office"], ["read,write", "console"]]


@pytest.mark.parametrize("scopes", ["", "all", "read,paint", "READ", "read write"])
def test_what_is_no_scope_is_refused(scopes: str, capsys: Capture) -> None:
    assert main(["create", "--company", "acme", "--name", "console", "--scopes", scopes]) == 2
    assert "read,write,erase" in capsys.readouterr().err


def test_list_says_so_when_there_are_none(capsys: Capture) -> None:
    assert main(["list", "--company", "acme"]) == 0
    assert capsys.readouterr().err == "acme has no keys.\n"


def test_revoke_ends_a_key(account: Account) -> None:
    keys = ApiKeys(account.ledger)
    secret, key = keys.create("acme", "console")
    assert main(["revoke", "--company", "acme", "--key-id", key.key_id]) == 0
    assert keys.find(secret) is None


def test_a_key_of_another_company_is_not_revoked(account: Account, capsys: Capture) -> None:
    keys = ApiKeys(account.ledger)
    secret, key = keys.create("acme", "console")
    assert main(["revoke", "--company", "bolt", "--key-id", key.key_id]) == 1
    assert capsys.readouterr().err == f"bolt has no key {key.key_id}.\n"
    assert keys.find(secret) == key


@pytest.mark.parametrize("company", ["", "ACME", "a/b", "_receipts", "a-", "acme\n", "a" * 64])
def test_what_can_be_no_company_id_is_refused(company: str, capsys: Capture) -> None:
    assert main(["create", "--company", company, "--name", "console"]) == 2
    assert "OMPANY" in capsys.readouterr().err


def test_a_missing_table_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.delenv("TABLE")
    assert main(["list", "--company", "acme"]) == 1
    assert capsys.readouterr().err == "Which table? Pass --environment, or the ledger's name as --table or TABLE.\n"


@pytest.mark.parametrize("place", ["before", "after"])
def test_the_table_can_be_passed(monkeypatch: pytest.MonkeyPatch, capsys: Capture, place: str) -> None:
    monkeypatch.delenv("TABLE")
    table, command = ["--table", "ledger"], ["list", "--company", "acme"]
    assert main(table + command if place == "before" else command + table) == 0
    assert capsys.readouterr().err == "acme has no keys.\n"


def test_a_table_that_is_not_there_is_one_sentence(capsys: Capture) -> None:
    assert main(["list", "--company", "acme", "--table", "nowhere"]) == 1
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--help"], ["create", "--help"], ["revoke", "--help"]])
def test_help_explains(arguments: list[str], capsys: Capture) -> None:
    assert main(arguments) == 0
    assert "key" in capsys.readouterr().out


def test_a_key_for_an_unknown_company_is_refused(account: Account, capsys: Capture) -> None:
    assert main(["create", "--company", "acme-heatin", "--name", "console"]) == 1
    printed = capsys.readouterr()
    assert (printed.out, "no company acme-heatin" in printed.err) == ("", True)
    assert ApiKeys(account.ledger).of_company("acme-heatin") == []


def test_no_key_is_made_while_nobody_knows_the_companies(
    account: Account, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def silent(_lookup: CustomerLookup, _company_id: str) -> Company | None:
        raise RetryLater("the customer lookup did not answer")

    monkeypatch.setattr(CustomerLookup, "company", silent)
    assert main(["create", "--company", "acme", "--name", "console"]) == 1
    monkeypatch.delenv("CUSTOMER_LOOKUP_FUNCTION")
    assert main(["create", "--company", "acme", "--name", "console"]) == 1
    told = capsys.readouterr().err
    assert "did not answer" in told
    assert "CUSTOMER_LOOKUP_FUNCTION" in told
    assert ApiKeys(account.ledger).of_company("acme") == []


def test_a_key_may_expire_after_some_days(account: Account, capsys: Capture) -> None:
    before = now()
    assert main(["create", "--company", "acme", "--name", "console", "--expires", "90d"]) == 0
    printed = capsys.readouterr()
    (key,) = ApiKeys(account.ledger).of_company("acme")
    assert timestamp(before + timedelta(days=90)) <= key.expires_at <= timestamp(now() + timedelta(days=90))
    assert f"until {key.expires_at}" in printed.err
    assert ApiKeys(account.ledger).find(printed.out.strip()) == key
    assert ApiKeys(account.ledger, lambda: before + timedelta(days=91)).find(printed.out.strip()) is None


def test_the_day_that_is_named_is_a_keys_last(account: Account) -> None:
    assert main(["create", "--company", "acme", "--name", "console", "--expires", "2999-06-30"]) == 0
    (key,) = ApiKeys(account.ledger).of_company("acme")
    assert key.expires_at == "2999-07-01T00:00:00.000Z"
    today = f"{now():%Y-%m-%d}"
    assert main(["create", "--company", "acme", "--name", "today", "--expires", today]) == 0


def test_the_list_tells_until_when_each_key_works(account: Account, capsys: Capture) -> None:
    keys = ApiKeys(account.ledger)
    keys.create("acme", "old", expires=datetime(2026, 1, 2, tzinfo=UTC))
    keys.create("acme", "new", expires=datetime(2999, 1, 2, tzinfo=UTC))
    keys.create("acme", "steady")
    main(["list", "--company", "acme"])
    listed = re.sub(" {2,}", "  ", capsys.readouterr().out)
    assert "  expired 2026-01-02T00:00:00.000Z  read,write  old" in listed
    assert "  expires 2999-01-02T00:00:00.000Z  read,write  new" in listed
    assert "  does not expire  read,write  steady" in listed


@pytest.mark.parametrize("when", ["", "0d", "90", "d", "2020-01-01", "2027-02-30", "9999-12-31", "2027-06-30T10:00"])
def test_what_is_no_time_to_expire_at_is_refused(when: str, capsys: Capture) -> None:
    assert main(["create", "--company", "acme", "--name", "console", "--expires", when]) == 2
    assert "--expires" in capsys.readouterr().err
