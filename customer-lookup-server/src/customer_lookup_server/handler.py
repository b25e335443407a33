"""The Lambda entry, invoked directly with a sender's identities or a company's id; it returns what is known of them."""

from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from ai_voice_shared.customers import company_to_wire, line_to_wire, to_wire
from ai_voice_shared.telemetry import log
from customer_lookup_server.directory import Directory
from customer_lookup_server.settings import Settings
from customer_lookup_server.strangers import Strangers
from customer_lookup_server.wiring import build, build_strangers


class AboutSender(BaseModel):
    """Who is this?"""

    identities: tuple[str, ...]


class AboutStranger(BaseModel):
    """Should we answer this unknown sender?"""

    stranger: tuple[str, ...] = Field(min_length=1)


class AboutCompany(BaseModel):
    """What are this company's settings?"""

    company_id: str


class AboutLine(BaseModel):
    """Whose line has this number?"""

    line: str


class AboutRetentions(BaseModel):
    """How long does each company keep its notes?"""

    retentions: Literal[True]


# An error never shows the identities, which are phone numbers.
type _Question = AboutSender | AboutStranger | AboutCompany | AboutLine | AboutRetentions
_QUESTION: TypeAdapter[_Question] = TypeAdapter(_Question, config=ConfigDict(hide_input_in_errors=True))


@cache
def directory() -> Directory:
    """The directory of this process; raises Misconfigured."""
    return build(Settings.load())


@cache
def strangers() -> Strangers:
    """The unknown senders; raises Misconfigured."""
    return build_strangers(Settings.load())


def handle(event: Any, _context: object) -> dict[str, object]:
    """Answers the questions of `ai_voice_shared.customers.CustomerLookup`; identities may have any spelling.

    If it raises, the caller gets a `FunctionError`, which means "try again".
    """
    match _QUESTION.validate_python(event):
        case AboutSender(identities=identities):
            known = directory().find(identities)
            log("customer-lookup", known=known is not None, company_id=known.company.company_id if known else None)
            return to_wire(known)
        case AboutStranger(stranger=names):
            return {"greet": strangers().greets(names)}
        case AboutCompany(company_id=company_id):
            return company_to_wire(directory().company(company_id))
        case AboutLine(line=number):
            return line_to_wire(directory().line(number))
        case AboutRetentions():
            return {"retentions": directory().retentions()}
