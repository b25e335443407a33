"""A sender is one identity in all spellings of their number, and two senders are never one."""

import phonenumbers
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from customer_lookup_server.identities import Identity

OUR_RULES = ("+52", "+54", "+55")
"""Mexico, Argentina and Brazil, where WhatsApp has two spellings for one phone."""


def form(text: str) -> str:
    return Identity.of(text).form


def e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def examples() -> list[str]:
    """A number of each kind in each country that `phonenumbers` knows."""
    kinds = phonenumbers.PhoneNumberType.values()
    codes = phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS
    found = [
        *(
            phonenumbers.example_number_for_type(country, kind)
            for country in phonenumbers.SUPPORTED_REGIONS
            for kind in kinds
        ),
        *(phonenumbers.example_number_for_non_geo_entity(code) for code in codes),
    ]
    return sorted({e164(number) for number in found if number and phonenumbers.is_valid_number(number)})


EXAMPLES = examples()


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """A number in use: an example with some of its last digits changed."""
    example = draw(st.sampled_from(EXAMPLES))
    changed = draw(st.integers(0, min(6, len(example) - 5)))
    end = draw(st.text("0123456789", min_size=changed, max_size=changed))
    number = example[: len(example) - changed] + end
    assume(phonenumbers.is_valid_number(phonenumbers.parse(number)))
    return number


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("whatsapp:+491512345678", "+491512345678"),
        ("tel:+49-151-2345678", "+491512345678"),
        ("491512345678", "+491512345678"),
        ("0049 151 2345678", "+491512345678"),
        (" +49 (0)151 / 234.56.78 ", "+491512345678"),
        ("+49 0151 23456789", "+4915123456789"),
        ("+39 (0)6 1234 5678", "+390612345678"),
        ("+36 (0)1 234 5678", "+3612345678"),
        ("+٤٩١٥١٢٣٤٥٦٧٨", "+491512345678"),
        ("+999 12345678", "+99912345678"),
        ("whatsapp:US.13491208655302741918", "US.13491208655302741918"),
        ("US.1", "US.1"),
        ("ann@example", "ann@example"),
        ("whatsapp:", ""),
        ("", ""),
    ],
)
def test_an_identity_has_one_form_for_all_writings(text: str, same: str) -> None:
    assert form(text) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+55 11 98765-4321", "whatsapp:+551187654321"),
        ("+55 (0)11 8765-4321", "whatsapp:+5511987654321"),
        ("+55 51 6123-4567", "5551961234567"),
        ("+52 55 1234 5678", "whatsapp:+5215512345678"),
        ("+54 11 2345-6789", "whatsapp:+5491123456789"),
        ("+54 11 15 2345-6789", "whatsapp:+5491123456789"),
    ],
)
def test_two_spellings_of_whatsapp_are_one_sender(one: str, other: str) -> None:
    assert form(one) == form(other)


@pytest.mark.parametrize("landline", ["+551123456789", "+551133334444", "+555143334444", "+558156789012"])
def test_a_landline_of_brazil_is_not_the_mobile_with_a_nine_in_front(landline: str) -> None:
    mobile = f"{landline[:5]}9{landline[5:]}"
    assert (form(landline), form(mobile)) == (landline, mobile)


@pytest.mark.parametrize("number", ["+558001234567", "+55400412345", "+5511876543210", "+52155123456"])
def test_what_only_looks_like_a_second_spelling_is_left_alone(number: str) -> None:
    assert form(number) == number


def test_examples_of_all_countries_keep_forms_of_their_own() -> None:
    """But Argentina's, where a mobile is its ten digits with a 9 in front for those who call it."""
    assert len(EXAMPLES) > 800
    argentine = [number for number in EXAMPLES if number.startswith("+549")]
    others = [number for number in EXAMPLES if number not in argentine]
    assert len({form(number) for number in others}) == len(others)
    assert {form(number) for number in argentine} == {"+54" + number.removeprefix("+549") for number in argentine}


@settings(max_examples=500, deadline=None)
@given(numbers())
def test_a_number_in_use_is_its_own_form_where_whatsapp_has_one_spelling(number: str) -> None:
    assume(not number.startswith(OUR_RULES))
    assert form(number) == number


@settings(max_examples=500, deadline=None)
@given(
    st.from_regex(r"\+55[1-9]{2}([2-5][0-9]{7}|[6-9][0-9]{7}|9[0-9]{8})", fullmatch=True),
    st.from_regex(r"\+55[1-9]{2}([2-5][0-9]{7}|[6-9][0-9]{7}|9[0-9]{8})", fullmatch=True),
)
def test_two_numbers_of_brazil_are_one_only_by_the_ninth_digit(one: str, other: str) -> None:
    def with_the_ninth(number: str) -> str:
        return f"{number[:5]}9{number[5:]}" if len(number) == 13 and number[5] in "6789" else number

    assert (form(one) == form(other)) == (with_the_ninth(one) == with_the_ninth(other))


@settings(max_examples=500, deadline=None)
@given(numbers() | st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True) | st.text())
def test_a_form_is_a_form_already(text: str) -> None:
    assert form(form(text)) == form(text)


@settings(max_examples=300, deadline=None)
@given(numbers())
def test_what_yesterdays_callers_send_finds_the_same_sender(number: str) -> None:
    """They took Mexico's 1 and Argentina's 9 away themselves."""
    sent = number
    for country, mobile in (("+52", "+521"), ("+54", "+549")):
        if number.startswith(mobile) and len(number) == 14:
            sent = country + number.removeprefix(mobile)
    assert form(sent) == form(number)
