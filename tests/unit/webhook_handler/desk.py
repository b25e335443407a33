"""A webhook on an in-process account, and a Twilio that signs what it posts to it."""

import base64
import hmac
import io
import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

from botocore.exceptions import ConnectTimeoutError
from support.account import ACCOUNT_SID, AUTH_TOKEN, TWILIO_SECRET, Account

from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.customers import CustomerLookup, IdentifiedSender, to_wire
from ai_voice_shared.domain import Company, Customer
from webhook_handler.endpoint import Endpoint
from webhook_handler.message.webhook import EVENT, PATH, MessageWebhook
from webhook_handler.signature import Signature

HOST = "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com"
URL = f"https://{HOST}/twilio/message"
SENDER = "+491512345678"
OUR_NUMBER = "whatsapp:+14155238886"
ANN = IdentifiedSender(Customer("ann", "acme", "Ann"), Company("acme", "Acme Ltd"))
MESSAGE = {
    "MessageSid": "SM1",
    "AccountSid": ACCOUNT_SID,
    "From": f"whatsapp:{SENDER}",
    "To": OUR_NUMBER,
    "Body": "Ventil prüfen, 明日",
    "NumMedia": "0",
    "ButtonText": "",
}
EVENTS = Path(__file__).parents[2] / "events"


def signature(url: str, parameters: list[tuple[str, str]], token: str = AUTH_TOKEN) -> str:
    """Twilio's signature, written down from its documentation ("Webhooks security")."""
    signed = url + "".join(name + value for name, value in sorted(set(parameters)))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), "sha1").digest()).decode()


def event(body: str, signed: str, query: str = "", *, encoded: bool = False) -> dict[str, Any]:
    """An HTTP API event (payload 2.0)."""
    return {
        "version": "2.0",
        "rawPath": "/twilio/message",
        "rawQueryString": query,
        "headers": {"x-twilio-signature": signed},
        "requestContext": {"domainName": HOST, "stage": "$default", "http": {"method": "POST"}},
        "body": base64.b64encode(body.encode()).decode() if encoded else body,
        "isBase64Encoded": encoded,
    }


def form_event(parameters: dict[str, str] | list[tuple[str, str]], **changes: str) -> dict[str, Any]:
    """A signed form POST; `changes` may give another `url`, `token` or `query`."""
    pairs = list(parameters.items()) if isinstance(parameters, dict) else parameters
    query = changes.pop("query", "")
    url = changes.pop("url", URL) + (f"?{query}" if query else "")
    return event(urlencode(pairs), signature(url, pairs, **changes), query)


def json_event(body: str | bytes) -> dict[str, Any]:
    """A signed POST of a body that is no form: its hash stands in the query, the URL alone is signed."""
    content = body.encode() if isinstance(body, str) else body
    query = f"bodySHA256={sha256(content).hexdigest()}"
    made = event("", signature(f"{URL}?{query}", []), query)
    return made | {"body": base64.b64encode(content).decode(), "isBase64Encoded": True}


@dataclass
class LookupFunction:
    """The customer-lookup function as Lambda's client shows it."""

    known: dict[str, IdentifiedSender] = field(default_factory=lambda: {SENDER: ANN})
    reachable: bool = True
    forgetful: bool = False
    answered: set[str] = field(default_factory=set)
    calls: int = 0

    def invoke(self, **request: Any) -> dict[str, Any]:
        """Answers, or times out."""
        self.calls += 1
        if not self.reachable:
            raise ConnectTimeoutError(endpoint_url="lambda")
        question = json.loads(request["Payload"])
        answer = self._greets(question["stranger"]) if "stranger" in question else self._who(question["identities"])
        return {"Payload": io.BytesIO(json.dumps(answer).encode())}

    def _who(self, names: list[str]) -> dict[str, object]:
        return to_wire(next((self.known[name] for name in names if name in self.known), None))

    def _greets(self, names: list[str]) -> dict[str, object]:
        if self.forgetful:
            return {"nobody": "can tell"}
        greets = names[0] not in self.answered
        self.answered.add(names[0])
        return {"greet": greets}


@dataclass
class Clock:
    """A clock that goes when told; seconds."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Desk:
    """The webhook and what is around it."""

    account: Account
    lookup: LookupFunction = field(default_factory=LookupFunction)
    clock: Clock = field(default_factory=Clock)
    public_url: str = ""

    def __post_init__(self) -> None:
        secrets = Secrets(self.account.secrets._client, self.clock)  # noqa: SLF001 - the account's client, our clock
        lookup = CustomerLookup(cast("Any", self.lookup), "customer-lookup")
        self.webhook = MessageWebhook(lookup, self.account.queue, frozenset({OUR_NUMBER}))
        self.endpoint = Endpoint({PATH: self.webhook.handle}, EVENT, Signature(secrets, TWILIO_SECRET), self.public_url)

    def status(self, posted: object) -> object:
        """The status the event is answered with."""
        return self.endpoint.answer(posted)["statusCode"]

    def jobs(self) -> list[dict[str, Any]]:
        """The queue's bodies, taken out."""
        return [json.loads(str(message["Body"])) for message in self.account.queued()]
