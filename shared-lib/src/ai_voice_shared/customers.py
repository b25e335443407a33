"""The only customer lookup: from what Twilio says of a sender to the customer and company we know."""

import json
import time
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_shared.domain import Company, Customer
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.jobs import Parameters

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient

CACHED_SECONDS = 60.0
_CACHED_AT_MOST = 10_000

_IDENTITY_PARAMETERS = ("From", "WaId", "ExternalUserId", "ParentExternalUserId")


@dataclass(frozen=True)
class Known:
    """A sender we know."""

    customer: Customer
    company: Company


def identities(message: Parameters) -> tuple[str, ...]:
    """All that names the sender of a Twilio message, normalised, the likeliest first.

    WhatsApp usernames hide phone numbers: `From` may hold a business-scoped id (Twilio, "WhatsApp usernames").
    """
    values = (message.get(name) for name in _IDENTITY_PARAMETERS)
    found = (identity(value) for value in values if isinstance(value, str))
    return tuple(dict.fromkeys(name for name in found if name))


def identity(text: str) -> str:
    """One form for all writings: `+` and digits for a phone number, else the external id as it is.

    Understands `whatsapp:` and `tel:`, spaces and punctuation, `(0)`, a leading `00`, digits of any script, and
    WhatsApp's extra mobile digit in Mexican (+52 1) and Argentine (+54 9) numbers.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    for scheme in ("whatsapp:", "tel:"):
        text = text.removeprefix(scheme).strip()
    rest = text.replace("(0)", "")
    digits = "".join(str(unicodedata.digit(char)) for char in rest if unicodedata.digit(char, None) is not None)
    if not digits or any(char.isalpha() or char in "_@" for char in rest):
        return text
    digits = digits.removeprefix("00") if not rest.startswith("+") else digits
    for country, mobile, length in (("52", "521", 13), ("54", "549", 13)):
        if digits.startswith(mobile) and len(digits) == length:
            digits = country + digits.removeprefix(mobile)
    return f"+{digits}"


def to_wire(known: Known | None) -> dict[str, object]:
    """The lookup function's answer."""
    if known is None:
        return {"known": False}
    return {"known": True, "customer": asdict(known.customer), "company": asdict(known.company)}


def _from_wire(answer: dict[str, object]) -> Known | None:
    if not answer["known"]:
        return None
    customer, company = answer["customer"], answer["company"]
    if not isinstance(customer, dict) or not isinstance(company, dict):
        raise TypeError
    lists = {name: tuple(company[name]) for name in ("languages", "glossary")}
    return Known(Customer(**customer), Company(**(company | lists)))


class CustomerLookup:
    """Asks the customer-lookup function, and remembers its answers for a short while."""

    def __init__(self, client: "LambdaClient", function_name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._function_name = function_name
        self._clock = clock
        self._remembered: dict[tuple[str, ...], tuple[float, Known | None]] = {}

    def find(self, names: tuple[str, ...]) -> Known | None:
        """Who this is, by any of their identities; None for a stranger; raises RetryLater when nobody can tell."""
        asked_at, known = self._remembered.get(names, (float("-inf"), None))
        if self._clock() - asked_at > CACHED_SECONDS:
            known = self._ask(names)
            if len(self._remembered) >= _CACHED_AT_MOST:
                self._remembered.clear()
            self._remembered[names] = (self._clock(), known)
        return known

    def _ask(self, names: tuple[str, ...]) -> Known | None:
        try:
            answer = self._client.invoke(
                FunctionName=self._function_name, Payload=json.dumps({"identities": names}).encode()
            )
            if "FunctionError" in answer:
                raise RetryLater("the customer lookup failed")
            return _from_wire(json.loads(answer["Payload"].read()))
        except (BotoCoreError, ClientError, ValueError, KeyError, TypeError) as error:
            raise RetryLater("the customer lookup did not answer") from error
