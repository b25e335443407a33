"""The Lambda entry, invoked directly: identities of a sender in, customer and company out."""

from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from ai_voice_shared.customers import to_wire
from ai_voice_shared.telemetry import log
from customer_lookup_server.directory import Directory
from customer_lookup_server.settings import Settings
from customer_lookup_server.wiring import build


class Question(BaseModel):
    """Who is asked for; an error never shows the identities, which are phone numbers."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    identities: tuple[str, ...]


@cache
def directory() -> Directory:
    """The directory of this process; raises Misconfigured."""
    return build(Settings.load())


def handle(event: Any, _context: object) -> dict[str, object]:
    """Answers `{"identities": [...]}`, normalised by `ai_voice_shared.customers.identity`, with `to_wire`'s answer.

    Whatever it raises reaches the caller as a `FunctionError`, which callers take for "try again".
    """
    known = directory().find(Question.model_validate(event).identities)
    log("customer-lookup", known=known is not None, company_id=known.company.company_id if known else None)
    return to_wire(known)
