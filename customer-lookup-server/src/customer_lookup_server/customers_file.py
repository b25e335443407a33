"""What a customers file must hold. An error becomes one sentence that names the place, not the value."""

import re
from collections.abc import Callable, Iterator
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    Field,
    PlainValidator,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from ai_voice_shared.artifacts import COMPANY_ID
from ai_voice_shared.domain import Budget, Company, Customer, Limits
from ai_voice_shared.words.languages import tag_of
from customer_lookup_server.calls_entry import CallsEntry
from customer_lookup_server.entries import OURS, Entry, PhoneNumber, identity
from customer_lookup_server.identities import Identity

_NOT_A_TAG = "is not a language tag (BCP 47): write {better}"
_COMPANY_ID = re.compile(COMPANY_ID)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_CUSTOMER_ID = re.compile(r"\S{1,128}")
_TIME_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")


class BrokenCustomers(Exception):  # noqa: N818 - reads as what it is
    """The file cannot be used; the sentence names the place and what to do, never a phone number."""


def _company_id(text: str) -> str:
    if not _COMPANY_ID.fullmatch(text):
        raise PydanticCustomError(OURS, "must be 1 to 63 lower-case letters, digits and inner hyphens")
    return text


def _customer_id(text: str) -> str:
    if not _CUSTOMER_ID.fullmatch(text):
        raise PydanticCustomError(OURS, "must be 1 to 128 characters without blanks")
    return text


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise PydanticCustomError(OURS, _NOT_A_TAG, {"better": tag_of(text) or "one like de, pt-BR or zh-Hant"})
    return text


def _time_zone(text: str) -> str:
    """Checks only the form. Before a file is put, it is also checked that the time zone exists."""
    if not _TIME_ZONE.fullmatch(text):
        raise PydanticCustomError(OURS, "is not a time zone (IANA): write one like Europe/Berlin, or UTC")
    return text


def _glossary_word(text: str) -> str:
    """OpenAI refuses a whole transcription for one such keyword ("Create transcription", `keywords`)."""
    if not text.strip() or text.splitlines() != [text] or "<" in text or ">" in text:
        raise PydanticCustomError(OURS, "must be a word or phrase without <, > or a line break")
    return text


def _external_id(name: Identity) -> Identity:
    if not name.form:
        raise PydanticCustomError(OURS, "is empty: remove it")
    return name


_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_CompanyId = Annotated[str, AfterValidator(_company_id)]


type _Positive = Annotated[int, Field(ge=1)]


class BudgetEntry(Entry):
    """A company's budget for a month; its fields mean what they mean in `ai_voice_shared.domain.Budget`."""

    audio_minutes: _Positive | None = None
    tokens: _Positive | None = None
    messages: _Positive | None = None


class LimitsEntry(Entry):
    """What may come in an hour; its fields mean what they mean in `ai_voice_shared.domain.Limits`."""

    sender_notes: _Positive = Limits.sender_notes
    notes: _Positive = Limits.notes
    key_requests: _Positive = Limits.key_requests
    questions: _Positive = Limits.questions
    connections: _Positive = Limits.connections


class CompanyEntry(Entry):
    """A company; its fields mean what they mean in `ai_voice_shared.domain.Company`."""

    company_id: _CompanyId
    name: _Name
    languages: tuple[Annotated[str, AfterValidator(_language)], ...] = ()
    glossary: tuple[Annotated[str, AfterValidator(_glossary_word)], ...] = ()
    feedback: Literal["summary", "short", "problems-only"] = "summary"
    retention_days: _Positive | None = None
    budget: BudgetEntry | None = None
    limits: LimitsEntry = LimitsEntry()
    time_zone: Annotated[str, AfterValidator(_time_zone)] = Company.time_zone
    calls: CallsEntry = CallsEntry()

    def company(self) -> Company:
        """The company as the services know it."""
        budget = Budget(**self.budget.model_dump()) if self.budget else None
        limits = Limits(**self.limits.model_dump())
        rest = self.model_dump(exclude={"budget", "limits", "calls"})
        return Company(**rest, budget=budget, limits=limits, calls=self.calls.calls())


class CustomerEntry(Entry):
    """A sender."""

    customer_id: Annotated[str, AfterValidator(_customer_id)]
    company_id: _CompanyId
    name: _Name
    phone_numbers: tuple[PhoneNumber, ...] = ()
    external_ids: tuple[Annotated[Identity, PlainValidator(identity), AfterValidator(_external_id)], ...] = ()

    def customer(self) -> Customer:
        """The customer as the services know them."""
        return Customer(self.customer_id, self.company_id, self.name)

    @property
    def identities(self) -> tuple[Identity, ...]:
        """All identities of the customer."""
        return (*self.phone_numbers, *self.external_ids)


class CustomersFile(Entry):
    """All companies and their customers."""

    companies: tuple[CompanyEntry, ...]
    customers: tuple[CustomerEntry, ...]


def parse(content: bytes) -> CustomersFile:
    """The customers file in these bytes (JSON, UTF-8), checked enough to be in force; raises BrokenCustomers.

    `validation` has the checks before a file is put, which may become stricter with a release.
    """
    try:
        file = CustomersFile.model_validate_json(content.removeprefix(b"\xef\xbb\xbf"))  # Windows editors' mark
    except ValidationError as error:
        raise BrokenCustomers(_sentence(error.errors(include_url=False, include_input=False)[0])) from None
    _check_companies(file)
    _check_unique(
        (f"customers[{at}].customer_id", f"{customer.company_id} {customer.customer_id}")
        for at, customer in enumerate(file.customers)
    )
    check_owners(file, lambda name: name.written)
    check_lines(file, lambda name: name.written)
    return file


def check_lines(file: CustomersFile, compared: Callable[[Identity], str]) -> None:
    """Checks that a line's number is that of one line, in any spelling; raises BrokenCustomers."""
    _check_unique(
        (f"companies[{at}].calls.lines[{place}].number", compared(line.number))
        for at, company in enumerate(file.companies)
        for place, line in enumerate(company.calls.lines)
    )


def check_owners(file: CustomersFile, compared: Callable[[Identity], str]) -> None:
    """Checks that each identity has one owner, in any spelling; raises BrokenCustomers with the place of a second."""
    owners: dict[str, int] = {}
    for at, customer in enumerate(file.customers):
        for place, name in _places(customer):
            if (owner := owners.setdefault(compared(name), at)) != at:
                raise BrokenCustomers(
                    f"customers[{at}].{place} belongs to customers[{owner}] already: keep it with one of them."
                )


def _sentence(error: ErrorDetails) -> str:
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"]).lstrip(".")
    match error["type"]:
        case "missing":
            return f"{place} is missing: add it."
        case "extra_forbidden":
            return f"{place} is not a field of a customers file: correct its spelling or remove it."
        case "json_invalid":
            return f"the file is not JSON: {error['msg'].removeprefix('Invalid JSON: ')}."
        case kind if kind == OURS:
            return f"{place} {error['msg']}."
        case _:
            return f"{place or 'the file'} is not usable: {error['msg']}."


def _check_companies(file: CustomersFile) -> None:
    _check_unique((f"companies[{at}].company_id", company.company_id) for at, company in enumerate(file.companies))
    known = {company.company_id for company in file.companies}
    for at, customer in enumerate(file.customers):
        if customer.company_id not in known:
            raise BrokenCustomers(
                f"customers[{at}].company_id names no company of this file: add it or correct the id."
            )


def _check_unique(places: Iterator[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for place, value in places:
        if (first := seen.setdefault(value, place)) != place:
            raise BrokenCustomers(f"{place} is the same as {first}: give each its own.")


def _places(customer: CustomerEntry) -> Iterator[tuple[str, Identity]]:
    for at, number in enumerate(customer.phone_numbers):
        yield f"phone_numbers[{at}]", number
    for at, name in enumerate(customer.external_ids):
        yield f"external_ids[{at}]", name
