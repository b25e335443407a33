"""The messages that the replacement for Twilio keeps, and how its list shows them."""

import urllib.parse
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

ACCOUNT_SID = "AC" + "0" * 31 + "1"
API = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages"

OUR_NUMBER = "whatsapp:+15550100000"


@dataclass(frozen=True)
class Sent:
    """A message that we sent to a sender, as their phone would show it; `media` is the file that came with it."""

    sid: str
    to: str
    body: str
    at: str
    media: str | None = None

    def listed(self) -> dict[str, Any]:
        """The message in the message list (Twilio, "Messages resource")."""
        sent = format_datetime(datetime.fromisoformat(self.at))
        fields = {"sid": self.sid, "from": OUR_NUMBER, "to": self.to, "body": self.body, "account_sid": ACCOUNT_SID}
        files = {"num_media": str(int(self.sid.startswith("MM"))), "direction": "outbound-api"}
        return fields | files | {"date_sent": sent, "date_created": sent}


@dataclass(frozen=True)
class Received:
    """A message that a sender sent us: its webhook's parameters, whether it was announced or not."""

    parameters: dict[str, str]
    at: str

    @property
    def sid(self) -> str:
        """The message's sid."""
        return self.parameters["MessageSid"]

    def listed(self) -> dict[str, Any]:
        """The message in the message list (Twilio, "Messages resource")."""
        sent = format_datetime(datetime.fromisoformat(self.at))
        names = {"sid": "MessageSid", "from": "From", "to": "To", "body": "Body", "num_media": "NumMedia"}
        fields = {name: self.parameters[parameter] for name, parameter in names.items()}
        more = {"account_sid": ACCOUNT_SID, "direction": "inbound", "status": "received"}
        return fields | more | {"date_sent": sent, "date_created": sent}

    def media(self) -> list[dict[str, str]]:
        """The files in the message's media list (Twilio, "Media resource")."""
        if "MediaUrl0" not in self.parameters:
            return []
        path = urllib.parse.urlsplit(self.parameters["MediaUrl0"]).path
        return [{"uri": f"{path}.json", "content_type": self.parameters["MediaContentType0"]}]


type Message = Sent | Received


def page(messages: Iterable[Message], query: dict[str, str], largest: int) -> dict[str, Any]:
    """A page of the message list, the newest first; days are UTC (Twilio, "Messages resource")."""
    told = [one.listed() | {"at": one.at} for one in messages]
    found = [
        message
        for message in told
        if query.get("DateSent>", "") <= message["at"][:10] <= query.get("DateSent<", "9999")
        and all(message[name.lower()] == query[name] for name in ("To", "From") if name in query)
    ]
    found.sort(key=lambda message: message["at"], reverse=True)
    start, size = int(query.get("Page", "0")), min(int(query.get("PageSize", "50")), largest)
    rest = urllib.parse.urlencode(query | {"Page": str(start + size)})
    more = f"{API}.json?{rest}" if start + size < len(found) else None
    return {"messages": found[start : start + size], "next_page_uri": more}
