"""Whether a customers file may be put. This is stricter than for a file in force: somebody can correct it now."""

from dataclasses import dataclass

from language_tags import tags

from ai_voice_shared.times import zones
from ai_voice_shared.words.languages import primary
from customer_lookup_server.customers_file import BrokenCustomers, CustomersFile, check_lines, check_owners, parse
from customer_lookup_server.phone_numbers import in_use, possible

_NO_LANGUAGE = frozenset({"mis", "mul", "und", "zxx"})
"""Subtags for what is not one known language (RFC 5646, section 4.1)."""


@dataclass(frozen=True)
class Validated:
    """A file that may be put.

    Attributes:
        remarks: sentences about possible mistakes, by place.
    """

    file: CustomersFile
    remarks: tuple[str, ...]


def validate(content: bytes) -> Validated:
    """The customers file in these bytes; raises BrokenCustomers."""
    file = parse(content)
    _check_languages(file)
    _check_time_zones(file)
    _check_numbers(file)
    check_owners(file, lambda name: name.form)
    check_lines(file, lambda name: name.form)
    return Validated(file, _remarks(file))


def _check_languages(file: CustomersFile) -> None:
    for at, company in enumerate(file.companies):
        for place, tag in enumerate(company.languages):
            if problem := _problem(tag):
                raise BrokenCustomers(f"companies[{at}].languages[{place}] {problem}.")


def _problem(tag: str) -> str:
    """What is wrong with a tag by the IANA registry of language subtags; empty for nothing."""
    known = tags.tag(tag)
    if known.valid and primary(tag) not in _NO_LANGUAGE:
        return ""
    language = known.language
    if better := known.preferred or (language and language.preferred):
        return f"is out of date: write {better}"
    return "is not in the registry of languages (IANA): write one like de, pt-BR or zh-Hant"


def _check_time_zones(file: CustomersFile) -> None:
    for at, company in enumerate(file.companies):
        if problem := _zone_problem(company.time_zone):
            raise BrokenCustomers(f"companies[{at}].time_zone {problem}.")


def _zone_problem(name: str) -> str:
    """What is wrong with a zone's name; empty for nothing."""
    if name == zones.UTC_NAME:
        return ""
    known = {zone.casefold(): zone for zone in zones.names()}
    right = known.get(name.casefold(), "")
    if not right:
        return "is not in the time zone database (IANA): write one like Europe/Berlin, or UTC"
    if "/" not in right or right.startswith("Etc/"):  # EST, Etc/GMT+5: only a distance to UTC, so summers are wrong
        return "names no place, so that its summer time is not known: write one like Europe/Berlin, or UTC"
    return "" if right == name else f"is written in another way: write {right}"


def _check_numbers(file: CustomersFile) -> None:
    for place, number in _numbers(file):
        if not possible(number):
            raise BrokenCustomers(f"{place} is no phone number of any country: check its country code and its length.")


def _remarks(file: CustomersFile) -> tuple[str, ...]:
    unknown = [place for place, number in _numbers(file) if not in_use(number)]
    if not unknown:
        return ()
    return (f"phone numbers in no range that is known to be in use: {len(unknown)}, the first is {unknown[0]}",)


def _numbers(file: CustomersFile) -> list[tuple[str, str]]:
    senders = [
        (f"customers[{at}].phone_numbers[{place}]", number.form)
        for at, customer in enumerate(file.customers)
        for place, number in enumerate(customer.phone_numbers)
    ]
    calls = [
        (f"companies[{at}].calls.{place}", number.form)
        for at, company in enumerate(file.companies)
        for place, number in company.calls.numbers
    ]
    return senders + calls
