"""What is checked in a customers file before it is put, but not in one that is in force."""

import json
from typing import Any

import pytest

from ai_voice_operations.customers.validation import validate
from customer_lookup_server.customers_file import BrokenCustomers, parse

ANN: dict[str, Any] = {"customer_id": "ann", "company_id": "acme", "name": "Ann"}
BOB = ANN | {"customer_id": "bob"}


def written(*customers: dict[str, Any], **company_has: object) -> bytes:
    company = {"company_id": "acme", "name": "Acme"} | company_has
    return json.dumps({"companies": [company], "customers": customers}).encode()


def sentence(content: bytes) -> str:
    """Why the file may not be put, though it could stay in force."""
    parse(content)
    with pytest.raises(BrokenCustomers) as raised:
        validate(content)
    return str(raised.value)


@pytest.mark.parametrize("tag", ["pt-BR", "de-AT", "zh-Hant", "en", "yue", "gsw-CH", "sr-Latn-RS", "pt-br", "es-419"])
def test_a_registered_language_may_be_put(tag: str) -> None:
    assert validate(written(languages=(tag,))).file.companies[0].languages == (tag,)


@pytest.mark.parametrize("tag", ["xx", "eng", "en-USA", "en-UK", "und", "mul", "qaa", "de-Germ"])
def test_a_language_that_is_not_registered_is_named(tag: str) -> None:
    assert sentence(written(languages=("de", tag))) == (
        "companies[0].languages[1] is not in the registry of languages (IANA): write one like de, pt-BR or zh-Hant."
    )


@pytest.mark.parametrize(("tag", "better"), [("iw", "he"), ("in", "id"), ("zh-yue", "yue")])
def test_a_language_that_is_out_of_date_is_told_with_what_to_write(tag: str, better: str) -> None:
    assert sentence(written(languages=(tag,))) == f"companies[0].languages[0] is out of date: write {better}."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+55 11 98765-4321", "+55 11 8765-4321"),
        ("+52 55 1234 5678", "+52 1 55 1234 5678"),
        ("+54 11 2345 6789", "+54 9 11 2345 6789"),
        ("+44 20 7946 0958", "+44 020 7946 0958"),
    ],
)
def test_two_spellings_of_a_number_are_told_by_place_alone(one: str, other: str) -> None:
    content = written(ANN | {"phone_numbers": [one]}, BOB | {"phone_numbers": [other]})
    assert sentence(content) == (
        "customers[1].phone_numbers[0] belongs to customers[0] already: keep it with one of them."
    )


@pytest.mark.parametrize("number", ["+999 12345678", "+1 555 1234", "+55 11 98765-43210", "+44 20 7946 09588"])
def test_a_number_that_no_country_has_is_told_by_place_alone(number: str) -> None:
    assert sentence(written(ANN | {"phone_numbers": [number]})) == (
        "customers[0].phone_numbers[0] is no phone number of any country: check its country code and its length."
    )


def test_a_number_in_a_range_we_do_not_know_may_be_put_with_a_remark_by_place() -> None:
    ann = ANN | {"phone_numbers": ["+55 11 8765-4321", "+1 555 010 0001"]}
    assert validate(written(ann, BOB | {"phone_numbers": ["+15550100002"]})).remarks == (
        "phone numbers in no range that is known to be in use: 2, the first is customers[0].phone_numbers[1]",
    )
    assert validate(written(ANN | {"phone_numbers": ["+55 11 8765-4321", "+44 20 7946 0958"]})).remarks == ()


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Pacific/Auckland", "America/Argentina/Buenos_Aires"])
def test_a_zone_of_the_database_may_be_put(zone: str) -> None:
    assert validate(written(time_zone=zone)).file.companies[0].time_zone == zone


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Gotham", "is not in the time zone database (IANA): write one like Europe/Berlin, or UTC"),
        ("Factory", "is not in the time zone database (IANA): write one like Europe/Berlin, or UTC"),
        ("localtime", "is not in the time zone database (IANA): write one like Europe/Berlin, or UTC"),
        ("Europe", "is not in the time zone database (IANA): write one like Europe/Berlin, or UTC"),
        ("europe/berlin", "is written in another way: write Europe/Berlin"),
        ("EST", "names no place, so that its summer time is not known: write one like Europe/Berlin, or UTC"),
        ("Etc/GMT+5", "names no place, so that its summer time is not known: write one like Europe/Berlin, or UTC"),
    ],
)
def test_what_is_no_zone_of_a_place_is_named_with_what_to_write(zone: str, said: str) -> None:
    assert sentence(written(time_zone=zone)) == f"companies[0].time_zone {said}."
