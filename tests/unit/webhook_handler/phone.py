"""A phone: Twilio's side of a call, which signs its requests and follows the TwiML that it gets."""

import io
import json
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

from botocore.exceptions import ConnectTimeoutError
from support.account import ACCOUNT_SID, TWILIO_SECRET, Account
from unit.webhook_handler.desk import HOST, SENDER, form_event

from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.calls.asking import AskedCalls
from ai_voice_shared.calls.company_calls import CompanyCalls, Line
from ai_voice_shared.calls.pin_words import seal
from ai_voice_shared.calls.pins import Pins
from ai_voice_shared.customers import CustomerLookup, IdentifiedSender, company_to_wire, line_to_wire, to_wire
from ai_voice_shared.domain import Company, Customer, now
from webhook_handler.endpoint import Endpoint
from webhook_handler.signature import Signature
from webhook_handler.voice import wiring
from webhook_handler.voice.failing import refuse

BASE = f"https://{HOST}/twilio/voice"
CALL = "CA00000000000000000000000000000001"
RECORDING = "RE00000000000000000000000000000001"
LINE = "+15550100020"
QUESTION = "What did we promise on Elm Street?"
CALLS = CompanyCalls(
    lines=(Line(LINE, "+15550100021", "Robin"),), person="+15550100022", announcement="This call is transcribed."
)
ACME = Company("acme", "Acme Ltd", ("en-GB",), ("Elm Street", "Rohrbach"), calls=CALLS)
ANN = IdentifiedSender(Customer("ann", "acme", "Ann <b>"), ACME)


@dataclass
class Lookup:
    """The customer-lookup function as Lambda's client shows it."""

    company: Company = ACME
    reachable: bool = True

    def invoke(self, **request: Any) -> dict[str, Any]:
        """Answers, or times out."""
        if not self.reachable:
            raise ConnectTimeoutError(endpoint_url="lambda")
        return {"Payload": io.BytesIO(json.dumps(self._answer(json.loads(request["Payload"]))).encode())}

    def _answer(self, question: dict[str, Any]) -> dict[str, object]:
        if "line" in question:
            line = self.company.calls.line(question["line"])
            return line_to_wire((self.company, line) if line else None)
        if "company_id" in question:
            return company_to_wire(self.company if question["company_id"] == self.company.company_id else None)
        ann = IdentifiedSender(ANN.customer, self.company)
        return to_wire(ann if SENDER in question["identities"] else None)


@dataclass
class Phone:
    """A call from a phone to the webhook."""

    account: Account
    sender: str = SENDER
    more: dict[str, str] = field(default_factory=dict)
    to: str = "+15550100001"
    call_id: str = CALL
    lookup: Lookup = field(default_factory=Lookup)
    secret: str = TWILIO_SECRET

    def __post_init__(self) -> None:
        customers = CustomerLookup(cast("Any", self.lookup), "customer-lookup")
        routes = wiring.routes(customers, self.account.ledger, self.account.queue, self.account.calls_queue)
        signature = Signature(Secrets(self.account.secrets._client), self.secret)  # noqa: SLF001 - the account's client
        self.endpoint = Endpoint(routes, wiring.EVENT, signature, "", refuse)
        self.calls, self.pins = AskedCalls(self.account.ledger), Pins(self.account.ledger)
        self.page: ET.Element = ET.Element("Response")

    def request(self, url: str = BASE, **form: str) -> dict[str, Any]:
        """The response to a request of Twilio's about this call."""
        parts = urlsplit(url)
        told = (
            {"CallSid": self.call_id, "AccountSid": ACCOUNT_SID, "From": self.sender, "To": self.to} | self.more | form
        )
        signed = form_event(told, url=f"https://{parts.netloc}{parts.path}", query=parts.query)
        return self.endpoint.answer(signed | {"rawPath": parts.path})

    def get(self, url: str = BASE, **form: str) -> str:
        """Goes to a URL, and returns all that is said there."""
        answer = self.request(url, **form)
        assert (answer["statusCode"], answer["headers"]["content-type"]) == (200, "text/xml"), answer
        self.page = ET.fromstring(str(answer["body"]))  # noqa: S314 - our own document
        return self.said

    def has_pin(self, pin: str) -> None:
        """Ann has set this PIN by WhatsApp."""
        self.pins.set("acme", "ann", seal(pin), now())

    @property
    def said(self) -> str:
        """What is spoken in the document."""
        return " ".join(str(say.text) for say in self.page.iter("Say"))

    @property
    def verbs(self) -> list[str]:
        """The verbs of the document, in order."""
        return [verb.tag for verb in self.page]

    def verb(self, name: str) -> ET.Element:
        """The first verb of this name."""
        found = next(self.page.iter(name), None)
        assert found is not None, ET.tostring(self.page)
        return found

    def answer(self, said: str = "", digits: str = "") -> str:
        """Speaks or presses keys, as `<Gather>` awaits it."""
        form = {"Digits": digits} if digits else {"SpeechResult": said, "Confidence": "0.0"} if said else {}
        return self.get(self.verb("Gather").attrib["action"], **form)

    def redirected(self) -> str:
        """Goes where the document leads."""
        return self.get(str(self.verb("Redirect").text))

    def jobs(self) -> list[dict[str, Any]]:
        """The queue's bodies, taken out."""
        return [json.loads(str(message["Body"])) for message in self.account.queued()]


def whatsapp(account: Account, **more: Any) -> Phone:
    """A phone that calls by WhatsApp."""
    return Phone(account, sender=f"whatsapp:{SENDER}", **more)
