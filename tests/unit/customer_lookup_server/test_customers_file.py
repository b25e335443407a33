"""A customers file is good, or one sentence says where it is wrong, without the value."""

import json
from typing import Any

import pytest

from ai_voice_shared.domain import Budget, Company, Customer
from customer_lookup_server.customers_file import BrokenCustomers, parse

COMPANY: dict[str, Any] = {"company_id": "acme", "name": "Acme Ltd"}
ANN: dict[str, Any] = {"customer_id": "ann", "company_id": "acme", "name": "Ann", "phone_numbers": ["+49 151 2345678"]}


def written(*customers: dict[str, Any], companies: tuple[dict[str, Any], ...] = (COMPANY,), **more: Any) -> bytes:
    return json.dumps({"companies": companies, "customers": customers} | more).encode()


def sentence(content: bytes) -> str:
    with pytest.raises(BrokenCustomers) as raised:
        parse(content)
    return str(raised.value)


def test_a_full_entry_becomes_what_the_services_know() -> None:
    company = COMPANY | {
        "languages": ["de", "pt-BR"],
        "glossary": ["Rohrbach valve"],
        "feedback": "problems-only",
        "retention_days": 30,
        "budget": {"audio_minutes": 600, "messages": 1000},
        "time_zone": "Pacific/Auckland",
    }
    file = parse(written(ANN | {"external_ids": ["US.77"]}, companies=(company,)))
    assert file.companies[0].company() == Company(
        "acme",
        "Acme Ltd",
        ("de", "pt-BR"),
        ("Rohrbach valve",),
        "problems-only",
        30,
        Budget(600, None, 1000),
        time_zone="Pacific/Auckland",
    )
    assert file.customers[0].customer() == Customer("ann", "acme", "Ann")
    assert [name.form for name in file.customers[0].identities] == ["+491512345678", "US.77"]


def test_what_may_be_left_out_has_defaults() -> None:
    assert parse(written(ANN)).companies[0].company() == Company("acme", "Acme Ltd")


def test_the_mark_of_windows_editors_is_no_problem() -> None:
    assert len(parse(b"\xef\xbb\xbf" + written(ANN)).customers) == 1


@pytest.mark.parametrize("number", ["0151 2345", "+0151 2345678", "call me", "", "+49", "+49 151 2345678 999999"])
def test_a_number_that_is_not_international_is_named_by_its_place_alone(number: str) -> None:
    said = sentence(written(ANN, ANN | {"customer_id": "bob", "phone_numbers": ["+1 555 0100200", number]}))
    assert said == ("customers[1].phone_numbers[1] is not an international number: write it with + and country code.")


@pytest.mark.parametrize(
    ("company", "said"),
    [
        ({"company_id": "_receipts"}, "companies[0].company_id must be 1 to 63 lower-case letters"),
        (
            {"time_zone": "../etc/passwd"},
            "companies[0].time_zone is not a time zone (IANA): write one like Europe/Berlin",
        ),
        (
            {"time_zone": "Europe/Berlin "},
            "companies[0].time_zone is not a time zone (IANA): write one like Europe/Berlin",
        ),
        ({"time_zone": ""}, "companies[0].time_zone is not a time zone (IANA): write one like Europe/Berlin, or UTC"),
        ({"time_zone": 1}, "companies[0].time_zone is not usable: Input should be a valid string"),
        ({"company_id": "Acme"}, "companies[0].company_id must be 1 to 63 lower-case letters"),
        ({"glossary": ["ok", "a<b"]}, "companies[0].glossary[1] must be a word or phrase without <, > or a line break"),
        ({"glossary": ["a\nb"]}, "companies[0].glossary[0] must be a word or phrase"),
        ({"glossary": ["a\n"]}, "companies[0].glossary[0] must be a word or phrase"),
        ({"glossary": [" "]}, "companies[0].glossary[0] must be a word or phrase"),
        ({"languages": ["German!"]}, "companies[0].languages[0] is not a language tag (BCP 47): write one like de,"),
        ({"languages": ["de", "english"]}, "companies[0].languages[1] is not a language tag (BCP 47): write en."),
        ({"languages": ["en_US"]}, "companies[0].languages[0] is not a language tag (BCP 47): write en-US."),
        ({"languages": ["e"]}, "companies[0].languages[0] is not a language tag (BCP 47): write one like de"),
        ({"feedback": "loud"}, "companies[0].feedback is not usable: Input should be 'summary', 'short' or"),
        ({"retention_days": 0}, "companies[0].retention_days is not usable"),
        ({"retention_days": True}, "companies[0].retention_days is not usable"),
        ({"budget": {"tokens": 0}}, "companies[0].budget.tokens is not usable: Input should be greater"),
        ({"budget": {"audio_minutes": 1.5}}, "companies[0].budget.audio_minutes is not usable"),
        ({"budget": {"euros": 10}}, "companies[0].budget.euros is not a field of a customers file"),
        ({"budget": 7}, "companies[0].budget is not usable"),
        ({"langauges": []}, "companies[0].langauges is not a field of a customers file: correct its spelling"),
        ({"name": " "}, "companies[0].name is not usable"),
    ],
)
def test_a_companys_mistake_is_named(company: dict[str, Any], said: str) -> None:
    assert sentence(written(companies=(COMPANY | company,))).startswith(said)


@pytest.mark.parametrize(
    ("customer", "said"),
    [
        ({"customer_id": "a b"}, "customers[0].customer_id must be"),
        ({"company_id": "acmee"}, "customers[0].company_id names no company of this file: add it or correct the id."),
        ({"phone_numbers": [491512345678]}, "customers[0].phone_numbers[0] is not usable: Input should be a valid str"),
        ({"external_ids": ["whatsapp: "]}, "customers[0].external_ids[0] is empty: remove it."),
    ],
)
def test_a_customers_mistake_is_named(customer: dict[str, Any], said: str) -> None:
    assert sentence(written(ANN | customer)).startswith(said)


def test_a_missing_field_is_named() -> None:
    assert sentence(b'{"companies": []}') == "customers is missing: add it."
    assert sentence(written({"customer_id": "ann"})) == "customers[0].company_id is missing: add it."


@pytest.mark.parametrize("content", [b"", b"nonsense", b'{"companies": [', b"\xff\xfe"])
def test_what_is_not_json_is_told_so(content: bytes) -> None:
    assert sentence(content).startswith("the file is not JSON: ")


def test_another_json_value_is_told_so() -> None:
    assert sentence(b"[]").startswith("the file is not usable: ")


def test_an_identity_of_two_customers_is_refused_however_it_is_written() -> None:
    bob = {"customer_id": "bob", "company_id": "acme", "name": "Bob", "external_ids": ["whatsapp:0049151 2345678"]}
    assert sentence(written(ANN, bob)) == (
        "customers[1].external_ids[0] belongs to customers[0] already: keep it with one of them."
    )


def test_an_identity_may_stand_twice_with_one_customer() -> None:
    twice = ANN | {"phone_numbers": ["+491512345678", "0049 151 2345678"]}
    assert len(parse(written(twice)).customers) == 1


def test_ids_that_are_the_same_are_refused_within_what_they_identify() -> None:
    other = COMPANY | {"company_id": "other"}
    assert sentence(written(companies=(COMPANY, COMPANY))) == (
        "companies[1].company_id is the same as companies[0].company_id: give each its own."
    )
    nameless = ANN | {"phone_numbers": []}
    assert sentence(written(ANN, nameless)).startswith("customers[1].customer_id is the same as customers[0]")
    assert parse(written(ANN, nameless | {"company_id": "other"}, companies=(COMPANY, other)))


def test_no_sentence_shows_a_number() -> None:
    for bad in ({"phone_numbers": ["0151-987654"]}, {"phone_numbers": ["+491512345678"], "customer_id": "bob"}):
        said = sentence(written(ANN, ANN | bad))
        assert "151" not in said
