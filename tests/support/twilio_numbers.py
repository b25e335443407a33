"""Twilio's account, senders and Messaging Services for httpx, with answers as in Twilio's documentation."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import httpx

ACCOUNT_SID = "AC" + "0" * 31 + "1"
AUTH_TOKEN = "0123456789abcdef" * 2
NUMBER = "+15550100000"
SENDER = f"whatsapp:{NUMBER}"
SENDER_SID = "XE" + "a" * 32
SERVICE_SID = "MG" + "b" * 32


def sender(sender_id: str = SENDER, sid: str = SENDER_SID, **webhook: str) -> dict[str, Any]:
    """A sender as the Senders API tells it; what is not set is null."""
    names = ("callback_url", "callback_method", "fallback_url", "fallback_method")
    unset = dict.fromkeys((*names, "status_callback_url", "status_callback_method"))
    return {
        "sid": sid,
        "sender_id": sender_id,
        "status": "ONLINE",
        "webhook": unset | webhook,
        "profile": {"name": "x"},
    }


@dataclass
class TwilioNumbers:
    """The fake; tests set its fields and read `changes`.

    Attributes:
        slow: how many reads still tell the old webhooks after a change.
        keeps_fragments: whether a URL comes back with what follows its `#`.
        refuses: status and body that the next POST is answered with.
        pages: whether lists come one by one.
        received: the newest inbound messages, each with this many files.
        media_status: what a file's URL answers to who has no credentials.
    """

    senders: list[dict[str, Any]] = field(default_factory=lambda: [sender()])
    services: list[dict[str, Any]] = field(default_factory=list)
    members: dict[str, list[str]] = field(default_factory=dict)
    account: dict[str, str] = field(default_factory=lambda: {"status": "active", "type": "Full"})
    slow: int = 0
    keeps_fragments: bool = True
    refuses: tuple[int, dict[str, Any]] | None = None
    pages: bool = False
    received: list[int] = field(default_factory=lambda: [0, 1])
    media_status: int = 401
    next_page_host: str = "https://messaging.twilio.com"
    changes: list[tuple[str, Any]] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    media_asked: list[str] = field(default_factory=list)
    _coming: dict[str, Any] = field(default_factory=dict)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What Twilio would answer; anything undocumented is a 404."""
        self.hosts.add(request.url.host)
        expected = "Basic " + base64.b64encode(f"{ACCOUNT_SID}:{AUTH_TOKEN}".encode()).decode()
        if "/Media/" in request.url.path:
            self.media_asked.append(request.headers.get("authorization", ""))
            return httpx.Response(self.media_status, headers={"location": "https://s3-external-1.amazonaws.com/x"})
        if request.headers.get("authorization") != expected:
            return httpx.Response(401, json={"code": 20003, "message": "Authenticate"})
        return self._change(request) if request.method == "POST" else self._read(request)

    def _read(self, request: httpx.Request) -> httpx.Response:
        host, path = request.url.host, request.url.path
        if (host, path) == ("api.twilio.com", f"/2010-04-01/Accounts/{ACCOUNT_SID}.json"):
            return httpx.Response(200, json={"sid": ACCOUNT_SID, **self.account})
        if host == "api.twilio.com" and path.startswith(f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages"):
            return httpx.Response(200, json=self._messages(path))
        lists: dict[str, tuple[str, list[Any]]] = {
            "/v2/Channels/Senders": ("senders", self.senders),
            "/v1/Services": ("services", self.services),
        }
        for service, names in self.members.items():
            lists[f"/v1/Services/{service}/ChannelSenders"] = ("senders", [{"sender": name} for name in names])
        if host == "messaging.twilio.com" and path in lists:
            return self._page(request, *lists[path])
        return self._one(path.rpartition("/")[2])

    def _messages(self, path: str) -> dict[str, Any]:
        if path.endswith("/Media.json"):
            return {"media_list": [{"sid": "ME1"}]}
        told = enumerate(self.received)
        return {
            "messages": [{"sid": f"MM{at}", "direction": "inbound", "num_media": str(number)} for at, number in told]
        }

    def _page(self, request: httpx.Request, key: str, items: list[Any]) -> httpx.Response:
        at = int(request.url.params.get("Page", 0))
        shown = items[at : at + 1] if self.pages else items
        more = self.pages and at + 1 < len(items)
        following = f"{self.next_page_host}{request.url.path}?Page={at + 1}" if more else None
        return httpx.Response(200, json={key: shown, "meta": {"key": key, "next_page_url": following}})

    def _one(self, sid: str) -> httpx.Response:
        found = next((one for one in self.senders if one["sid"] == sid), None)
        if found is None:
            return httpx.Response(404, json={"code": 20404, "message": "not found"})
        if self.slow:
            self.slow -= 1
        else:
            found["webhook"] |= self._coming
        return httpx.Response(200, json=found)

    def _change(self, request: httpx.Request) -> httpx.Response:
        if self.refuses:
            return httpx.Response(self.refuses[0], json=self.refuses[1])
        sid = request.url.path.rpartition("/")[2]
        if sid.startswith("MG"):
            (value,) = parse_qs(request.content.decode())["UseInboundWebhookOnNumber"]
            self.changes.append((sid, value))
            next(one for one in self.services if one["sid"] == sid)["use_inbound_webhook_on_number"] = value == "true"
            return httpx.Response(200, json={})
        body = json.loads(request.content)
        self.changes.append((sid, body))
        self._coming = {
            name: value if self.keeps_fragments else value.partition("#")[0] for name, value in body["webhook"].items()
        }
        return httpx.Response(202, json={"sid": sid})
