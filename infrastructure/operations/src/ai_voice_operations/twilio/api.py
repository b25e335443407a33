"""Reads and sets WhatsApp senders and contents by Twilio's API. Only Twilio's own origins get the credentials."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import urlsplit

import httpx
from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from ai_voice_operations.problems import Refused
from ai_voice_shared.vendor_failures import passing

API = "https://api.twilio.com"
MESSAGING = "https://messaging.twilio.com"
CONTENT = "https://content.twilio.com"

_UNAUTHORIZED = frozenset({401, 403})
_MOST_PAGES = 100

type _Text = Annotated[str, BeforeValidator(lambda value: value or "")]


class TwilioProblem(Refused):
    """Twilio did not do what was asked; the message is one sentence for the operator."""


class Webhook(BaseModel, frozen=True):
    """The URLs that Twilio calls for a sender's messages (Twilio, "Senders API"); empty if they are not set."""

    callback_url: _Text = ""
    callback_method: _Text = ""
    fallback_url: _Text = ""
    fallback_method: _Text = ""
    status_callback_url: _Text = ""
    status_callback_method: _Text = ""


class Sender(BaseModel, frozen=True):
    """A WhatsApp number of the account; `sender_id` is `whatsapp:+15550100000`."""

    sid: Annotated[str, Field(pattern=r"^XE[0-9a-fA-F]{32}$")]
    sender_id: str
    status: _Text = ""
    webhook: Annotated[Webhook, BeforeValidator(lambda value: value or {})] = Webhook()


class Service(BaseModel, frozen=True):
    """A Messaging Service. It takes its senders' messages itself, unless it leaves them to the senders' webhooks."""

    sid: Annotated[str, Field(pattern=r"^MG[0-9a-fA-F]{32}$")]
    friendly_name: _Text = ""
    use_inbound_webhook_on_number: Annotated[bool, BeforeValidator(bool)] = False


class Content(BaseModel, frozen=True):
    """A Content resource: a text with buttons."""

    sid: Annotated[str, Field(pattern=r"^HX[0-9a-fA-F]{32}$")]
    friendly_name: _Text = ""


class AccountState(BaseModel, frozen=True):
    """What Twilio tells of the account itself (Twilio, "Account resource")."""

    status: str
    type: _Text = ""


class _Member(BaseModel, frozen=True):
    sender: _Text = ""


@dataclass(frozen=True)
class TwilioAccount:
    """One account of Twilio's. Every method raises TwilioProblem."""

    http: httpx.Client
    account_sid: str
    auth_token: str = field(repr=False)

    def state(self) -> AccountState:
        """Whether the account is active."""
        return _read(AccountState, self._ask("GET", f"{API}/2010-04-01/Accounts/{self.account_sid}.json"))

    def read(self, url: str) -> dict[str, Any]:
        """The answer of one of Twilio's own URLs."""
        return self._ask("GET", url)

    def senders(self) -> list[Sender]:
        """All WhatsApp senders of the account."""
        pages = self._pages(f"{MESSAGING}/v2/Channels/Senders?Channel=whatsapp&PageSize=100", "senders")
        return [_read(Sender, one) for one in pages]

    def sender(self, sid: str) -> Sender:
        """One sender as it is now."""
        return _read(Sender, self._ask("GET", f"{MESSAGING}/v2/Channels/Senders/{sid}"))

    def set_webhook(self, sid: str, webhook: Webhook) -> None:
        """Sets a sender's webhooks; Twilio may need some seconds until it shows the new ones."""
        self._ask("POST", f"{MESSAGING}/v2/Channels/Senders/{sid}", json={"webhook": webhook.model_dump()})

    def services_of(self, sender_id: str) -> list[Service]:
        """The Messaging Services that have the sender: one, or none."""
        services = [_read(Service, one) for one in self._pages(f"{MESSAGING}/v1/Services?PageSize=100", "services")]
        return [service for service in services if sender_id in self._members(service)]

    def defer(self, service: Service) -> None:
        """Makes a Messaging Service leave messages to its senders' own webhooks."""
        self._ask("POST", f"{MESSAGING}/v1/Services/{service.sid}", data={"UseInboundWebhookOnNumber": "true"})

    def contents(self) -> list[Content]:
        """All Content resources of the account."""
        return [_read(Content, one) for one in self._pages(f"{CONTENT}/v1/Content?PageSize=500", "contents")]

    def make_content(self, definition: dict[str, Any]) -> Content:
        """Makes a Content resource. Twilio lets several have one name."""
        return _read(Content, self._ask("POST", f"{CONTENT}/v1/Content", json=definition))

    def _members(self, service: Service) -> set[str]:
        pages = self._pages(f"{MESSAGING}/v1/Services/{service.sid}/ChannelSenders?PageSize=100", "senders")
        return {_read(_Member, one).sender for one in pages}

    def _pages(self, url: str, key: str) -> Iterator[Any]:
        for _ in range(_MOST_PAGES):
            page = self._ask("GET", url)
            meta = page.get("meta")
            yield from page.get(key) or []
            url = str((meta.get("next_page_url") if isinstance(meta, dict) else None) or "")
            if not url:
                return
        raise TwilioProblem("Twilio's list does not end.")

    def _ask(self, method: str, url: str, **body: Any) -> dict[str, Any]:
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" not in (API, MESSAGING, CONTENT):
            raise TwilioProblem("Twilio named a page that is not its own; nothing was sent there.")
        try:
            answer = self.http.request(method, url, auth=(self.account_sid, self.auth_token), **body)
        except httpx.HTTPError as error:
            raise TwilioProblem(f"Twilio did not answer ({type(error).__name__}): try again.") from error
        fields = _fields(answer)
        own = fields is not None and (answer.is_success or "code" in fields)
        if later := passing("Twilio", answer.status_code, answer.headers, own=own):
            raise TwilioProblem(f"{later}: try again.")
        if not answer.is_success:
            raise TwilioProblem(_refusal(answer, fields or {}))
        return fields or {}


def _refusal(answer: httpx.Response, fields: dict[str, Any]) -> str:
    if answer.status_code in _UNAUTHORIZED:
        return (
            f"Twilio refuses the secret's account_sid and auth_token (HTTP {answer.status_code}): put the right ones."
        )
    return f"Twilio answered {answer.status_code}: error {fields['code']}, {fields.get('message', '')}."


def _fields(answer: httpx.Response) -> dict[str, Any] | None:
    """The answer's JSON object; None for any other answer, which is not from Twilio."""
    try:
        fields = answer.json()
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None


def _read[T: BaseModel](kind: type[T], fields: Any) -> T:
    try:
        return kind.model_validate(fields)
    except ValidationError:
        raise TwilioProblem(f"Twilio's answer is not as documented ({kind.__name__}).") from None
