"""The messages of an account, and how Twilio's API shows them."""

import urllib.parse
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

ACCOUNT_SID = "AC" + "0" * 31 + "1"
API = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages"

OUR_NUMBER = "whatsapp:+15550100000"
"""The account's WhatsApp sender unless another is named."""

type Status = tuple[str, str]
"""A state, as `delivered`, and Twilio's error code, empty without one."""


@dataclass(frozen=True)
class Sent:
    """A message to a phone.

    Attributes:
        media: the path of the file that came with it.
        interactive: its `buttons`, each with `id` and `title`, or its `list` with `button` and `items`.
        shown: whether the phone shows it; what Twilio cannot deliver, no phone ever shows.
        content_sid: of the template it was made from.
    """

    sid: str
    to: str
    body: str
    at: str
    media: str | None = None
    interactive: dict[str, Any] | None = None
    shown: bool = True
    content_sid: str = ""
    sender: str = OUR_NUMBER
    direction: str = "outbound-api"

    @property
    def parties(self) -> dict[str, str]:
        """Who sent it, and to whom."""
        return {"From": self.sender, "To": self.to}

    def listed(self) -> dict[str, Any]:
        """The message in Twilio's API, without its status (Twilio, "Messages resource")."""
        fields = {"sid": self.sid, "from": self.sender, "to": self.to, "body": self.body, "direction": self.direction}
        return fields | {"num_media": str(int(self.sid.startswith("MM")))} | _common(self.sid, self.at)


@dataclass(frozen=True)
class Received:
    """A message that a phone sent: its webhook's parameters, whether it was announced or not."""

    parameters: dict[str, str]
    at: str

    @property
    def sid(self) -> str:
        """The message's sid."""
        return self.parameters["MessageSid"]

    @property
    def parties(self) -> dict[str, str]:
        """Who sent it, and to whom."""
        return {name: self.parameters[name] for name in ("From", "To")}

    def listed(self) -> dict[str, Any]:
        """The message in Twilio's API, without its status (Twilio, "Messages resource")."""
        names = {"sid": "MessageSid", "from": "From", "to": "To", "body": "Body", "num_media": "NumMedia"}
        fields = {name: self.parameters[parameter] for name, parameter in names.items()}
        return fields | {"direction": "inbound"} | _common(self.sid, self.at)

    def media(self) -> list[dict[str, str]]:
        """The files in the message's media list (Twilio, "Media resource")."""
        if "MediaUrl0" not in self.parameters:
            return []
        path = urllib.parse.urlsplit(self.parameters["MediaUrl0"]).path
        kind = {"uri": f"{path}.json", "content_type": self.parameters["MediaContentType0"]}
        dates = {name: rfc_2822(self.at) for name in ("date_created", "date_updated")}
        named = {"sid": path.rpartition("/")[2], "parent_sid": self.sid, "account_sid": ACCOUNT_SID}
        return [kind | named | dates]


type Message = Sent | Received


def rfc_2822(at: str) -> str:
    """A moment as Twilio's API of 2010 writes it."""
    return format_datetime(datetime.fromisoformat(at))


def _common(sid: str, at: str) -> dict[str, Any]:
    moments = dict.fromkeys(("date_sent", "date_created", "date_updated"), rfc_2822(at))
    uris = {"uri": f"{API}/{sid}.json", "subresource_uris": {"media": f"{API}/{sid}/Media.json"}}
    nothing = {"messaging_service_sid": None, "price": None, "price_unit": "USD"}
    return {"account_sid": ACCOUNT_SID, "api_version": "2010-04-01", "num_segments": "1"} | moments | uris | nothing


def page(messages: Iterable[Message], query: dict[str, str], largest: int) -> tuple[list[Message], dict[str, Any]]:
    """The messages of a page of the list, the newest first, and what is told of the page; days are UTC.

    See Twilio, "Messages resource". The numbers in the query have to be right.
    """
    found = sorted((one for one in messages if _is_asked_for(one, query)), key=lambda one: one.at, reverse=True)
    number, size = int(query.get("Page", "0")), max(1, min(int(query.get("PageSize", "50")), largest))
    start = number * size
    rest = urllib.parse.urlencode(query | {"Page": str(number + 1), "PageSize": str(size)})
    more = f"{API}.json?{rest}" if start + size < len(found) else None
    told = {"page": number, "page_size": size, "next_page_uri": more, "uri": f"{API}.json"}
    return found[start : start + size], told


def _is_asked_for(message: Message, query: dict[str, str]) -> bool:
    parties, day = message.parties, message.at[:10]
    same = all(parties[name] == query[name] for name in ("To", "From") if name in query)
    exact = query.get("DateSent", day)[:10]
    return same and exact == day and query.get("DateSent>", "")[:10] <= day <= query.get("DateSent<", "9999")[:10]
