"""Putting a customers file shows what changes against the one in force, and never undoes another's."""

import json
from pathlib import Path
from typing import Any

import pytest
from support.account import Account

from ai_voice_operations.customers.putting import CustomersPut, compare
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.terminal import Terminal
from customer_lookup_server.customers_file import parse

KEY = "customers.json"


def customer(customer_id: str, company_id: str, phone: str) -> dict[str, Any]:
    return {"customer_id": customer_id, "company_id": company_id, "name": "Jo", "phone_numbers": [phone]}


def file(*customers: dict[str, Any], companies: tuple[str, ...] = ("acme", "beta")) -> bytes:
    named = [{"company_id": company, "name": company.title()} for company in companies]
    return json.dumps({"companies": named, "customers": customers}).encode()


ANN, BEN = customer("ann", "acme", "+15550100001"), customer("ben", "beta", "+15550100002")
ANN_AT_BETA = customer("ann", "beta", "+15550100001")


def put(account: Account, path: Path, content: bytes, *answers: str) -> list[str]:
    """Puts the file with these answers; what was told."""
    told: list[str] = []
    left = list(answers)
    path.write_bytes(content)
    CustomersPut(account.store, KEY, Terminal(say=told.append, ask=lambda _question: left.pop(0))).put(path)
    return told


def test_who_comes_goes_and_changes_is_told_by_id_alone() -> None:
    renamed = ANN | {"name": "Ann"}
    lines = compare(parse(file(ANN, BEN)), parse(file(renamed, companies=("acme", "gamma")))).lines
    assert lines == (
        "added    company gamma",
        "removed  company beta",
        "removed  customer ben of beta",
        "changed  customer ann of acme",
    )


def test_a_number_that_moves_to_another_company_is_pointed_out() -> None:
    comparison = compare(parse(file(ANN, BEN)), parse(file(ANN_AT_BETA, BEN)))
    assert comparison.moved
    assert "MOVED    ann of acme becomes ann of beta" in comparison.lines
    assert "+1555" not in "".join(comparison.lines)


def test_the_first_file_is_put_and_the_same_again_is_not(account: Account, tmp_path: Path) -> None:
    put(account, tmp_path / "c", file(ANN), "y")
    assert account.store.get(KEY).body == file(ANN)
    assert put(account, tmp_path / "c", file(ANN)) == [f"{KEY}: this very file is in force"]


def test_a_no_leaves_the_file_in_force(account: Account, tmp_path: Path) -> None:
    put(account, tmp_path / "c", file(ANN), "y")
    with pytest.raises(Failed, match="Nothing was changed"):
        put(account, tmp_path / "c", file(ANN, BEN), "n")
    assert account.store.get(KEY).body == file(ANN)


def test_a_broken_file_is_refused_before_the_bucket_is_asked(account: Account, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="customers is missing: add it"):
        put(account, tmp_path / "c", b'{"companies": []}')
    assert account.store.list("", 10) == []


def test_a_file_somebody_else_puts_meanwhile_stays(account: Account, tmp_path: Path) -> None:
    put(account, tmp_path / "c", file(ANN), "y")
    path = tmp_path / "c"
    path.write_bytes(file(BEN))

    def meanwhile(_question: str) -> str:
        account.store.put(KEY, file(ANN, BEN), "application/json")
        return "y"

    with pytest.raises(Failed, match="Somebody else"):
        CustomersPut(account.store, KEY, Terminal(say=lambda _line: None, ask=meanwhile)).put(path)
    assert account.store.get(KEY).body == file(ANN, BEN)


def test_a_broken_newest_file_is_compared_with_the_last_good_one(account: Account, tmp_path: Path) -> None:
    account.store.put(KEY, file(ANN), "application/json")
    account.store.put(KEY, b"{", "application/json")
    told = put(account, tmp_path / "c", file(ANN, BEN), "y")
    assert any("broken" in line for line in told)
    assert "    added    customer ben of beta" in told
    assert not any("added    customer ann" in line for line in told)


def test_a_number_that_only_whatsapp_spells_otherwise_has_not_moved() -> None:
    before, after = (customer("ann", "acme", number) for number in ("+55 11 98765-4321", "+55 11 8765-4321"))
    assert compare(parse(file(before)), parse(file(after))).lines == ()
    moved = customer("ann", "beta", "+55 11 8765-4321")
    assert compare(parse(file(before)), parse(file(moved))).moved


def test_more_is_asked_of_a_new_file_than_of_the_one_in_force(account: Account, tmp_path: Path) -> None:
    older = file(ANN).replace(b'"Acme"', b'"Acme", "languages": ["xx"]')
    account.store.put(KEY, older, "application/json")
    with pytest.raises(Refused, match=r"companies\[0\].languages\[0\] is not in the registry of languages"):
        put(account, tmp_path / "c", older + b" ")
    told = put(account, tmp_path / "c", file(ANN), "y")
    assert "    changed  company acme" in told
    assert any("in no range that is known to be in use: 1" in line for line in told)
