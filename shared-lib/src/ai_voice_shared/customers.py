"""The only customer lookup: it finds the customer and company of a Twilio sender, or the settings of a company."""

import json
import time
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from ai_voice_shared.aws import functions
from ai_voice_shared.calls.company_calls import NO_CALLS, CompanyCalls, Line
from ai_voice_shared.domain import Budget, Company, Customer, Limits
from ai_voice_shared.jobs import Parameters

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient

CACHED_SECONDS = 60.0
_CACHED_AT_MOST = 10_000

_WHATSAPP = "whatsapp:"
_IDENTITY_PARAMETERS = ("From", "WaId", "ExternalUserId", "ParentExternalUserId")


@dataclass(frozen=True)
class IdentifiedSender:
    """A sender we know."""

    customer: Customer
    company: Company


def identities(message: Parameters) -> tuple[str, ...]:
    """All identities of a Twilio message's sender, as Twilio writes them without the channel, the likeliest first.

    WhatsApp usernames hide phone numbers: `From` may hold a business-scoped id (Twilio, "WhatsApp usernames"). Only the
    lookup function compares numbers and knows their spellings.
    """
    values = (message.get(name) for name in _IDENTITY_PARAMETERS)
    found = (value.removeprefix(_WHATSAPP).strip() for value in values if isinstance(value, str))
    return tuple(dict.fromkeys(name for name in found if name))


def not_whatsapp(message: Parameters, our_numbers: Collection[str]) -> str:
    """Why a Twilio message is not a WhatsApp message to one of our numbers (`whatsapp:+…`); empty if it is one.

    Only WhatsApp proves who writes: the number of an SMS or a call is easily forged. Twilio names the channel
    in both addresses (Twilio, "Channel addresses"). An address without one came by SMS or by phone.
    """
    sender, recipient = message.get("From"), message.get("To")
    if not isinstance(sender, str) or not sender.startswith(_WHATSAPP):
        return "it did not come by WhatsApp"
    if not isinstance(recipient, str) or recipient not in our_numbers:
        return "it did not come to one of OUR_NUMBERS"
    return ""


def to_wire(known: IdentifiedSender | None) -> dict[str, object]:
    """The lookup function's answer about a sender."""
    if known is None:
        return {"known": False}
    return {"known": True, "customer": asdict(known.customer), "company": _company_to_wire(known.company)}


def company_to_wire(company: Company | None) -> dict[str, object]:
    """The lookup function's answer about a company."""
    return {"known": False} if company is None else {"known": True, "company": _company_to_wire(company)}


def line_to_wire(found: tuple[Company, Line] | None) -> dict[str, object]:
    """The lookup function's answer about the number of a company's line."""
    if found is None:
        return {"known": False}
    company, line = found
    return {"known": True, "company": _company_to_wire(company), "line": asdict(line)}


def _company_to_wire(company: Company) -> dict[str, object]:
    """Leaves out fields that are not set, so that a caller of an older release does not see them."""
    usual = {"limits": asdict(Limits()), "time_zone": Company.time_zone, "calls": asdict(NO_CALLS)}
    return {name: value for name, value in asdict(company).items() if value is not None and value != usual.get(name)}


def _from_wire(answer: dict[str, Any]) -> IdentifiedSender | None:
    if not answer["known"]:
        return None
    return IdentifiedSender(Customer(**_told(Customer, answer["customer"])), _company(answer["company"]))


def _company_from_wire(answer: dict[str, Any]) -> Company | None:
    return _company(answer["company"]) if answer["known"] else None


def _line_from_wire(answer: dict[str, Any]) -> tuple[Company, Line] | None:
    return (_company(answer["company"]), Line(**_told(Line, answer["line"]))) if answer["known"] else None


def _greets_from_wire(answer: dict[str, Any]) -> bool:
    return bool(answer["greet"])


def _retentions_from_wire(answer: dict[str, Any]) -> dict[str, int]:
    return {str(company_id): int(days) for company_id, days in answer["retentions"].items()}


def _company(told: dict[str, Any]) -> Company:
    values = _told(Company, told)
    values |= {name: tuple(values[name]) for name in ("languages", "glossary") if name in values}
    parts = {"budget": Budget, "limits": Limits}
    values |= {name: kind(**_told(kind, values[name])) for name, kind in parts.items() if values.get(name) is not None}
    if values.get("calls") is not None:
        values["calls"] = _calls(values["calls"])
    return Company(**values)


def _calls(told: dict[str, Any]) -> CompanyCalls:
    values = _told(CompanyCalls, told)
    if "lines" in values:
        values["lines"] = tuple(Line(**_told(Line, line)) for line in values["lines"])
    return CompanyCalls(**values)


def _told(kind: type, values: dict[str, Any]) -> dict[str, Any]:
    """The fields that we know. A function of a newer release may have more, one of an older release fewer."""
    return {field.name: values[field.name] for field in fields(kind) if field.name in values}


class CustomerLookup:
    """Asks the customer-lookup function, and remembers its answers for a short while."""

    def __init__(self, client: "LambdaClient", function_name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._function_name = function_name
        self._clock = clock
        self._remembered: dict[str, tuple[float, Any]] = {}

    def find(self, names: tuple[str, ...]) -> IdentifiedSender | None:
        """The customer with any of these identities, in any spelling; None for a stranger.

        Raises RetryLater if the lookup does not answer.
        """
        return self._answer({"identities": names}, _from_wire)

    def greets(self, names: tuple[str, ...]) -> bool:
        """Whether to answer a stranger now: once a day; raises RetryLater if the lookup does not answer."""
        return self._ask(json.dumps({"stranger": names}), _greets_from_wire)

    def company(self, company_id: str) -> Company | None:
        """The company with its settings; None if it does not exist; raises RetryLater if the lookup does not answer."""
        return self._answer({"company_id": company_id}, _company_from_wire)

    def line(self, number: str) -> tuple[Company, Line] | None:
        """The line with this number (E.164), and its company; None if it is no company's line; raises RetryLater."""
        return self._answer({"line": number}, _line_from_wire)

    def retentions(self) -> dict[str, int]:
        """How many days each company keeps its notes, without companies that always keep them; raises RetryLater."""
        return self._answer({"retentions": True}, _retentions_from_wire)

    def _answer[T](self, question: dict[str, object], read: Callable[[dict[str, Any]], T]) -> T:
        body = json.dumps(question)
        if body in self._remembered:
            asked_at, kept = self._remembered[body]
            if self._clock() - asked_at <= CACHED_SECONDS:
                answer: T = kept
                return answer
        answer = self._ask(body, read)
        if len(self._remembered) >= _CACHED_AT_MOST:
            self._remembered.clear()
        self._remembered[body] = (self._clock(), answer)
        return answer

    def _ask[T](self, body: str, read: Callable[[dict[str, Any]], T]) -> T:
        return functions.ask(self._client, self._function_name, body, read, name="the customer lookup")
