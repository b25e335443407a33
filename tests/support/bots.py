"""A bot behind a box's webhook: it keeps what it gets, checks its signature as Twilio's library does, and answers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
from support.waiting import HANGS, eventually
from twilio.request_validator import RequestValidator

from twilio_in_a_box.account.messages import ACCOUNT_SID, API, OUR_NUMBER
from twilio_in_a_box.box import TwilioInABox

SAM, KIM = "+15550100001", "+15550100002"
TO_SAM = f"whatsapp:{SAM}"
TOKEN = "the-token"


@dataclass(frozen=True)
class Hook:
    """One POST that the bot got."""

    path: str
    form: dict[str, str]
    headers: dict[str, str]
    valid: bool


@dataclass
class Bot:
    """The bot; `answers` are taken in their order, then it answers 204.

    Attributes:
        answers: a status, and TwiML or where a redirect leads.
        files: what is there to `GET`, by path: a type and its bytes.
    """

    url: str = ""
    hooks: list[Hook] = field(default_factory=list)
    answers: list[tuple[int, str]] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def says(self, *documents: str) -> None:
        """Answers the next requests of calls with documents, each the inside of `Response`."""
        self.answers += [(200, f"<Response>{one}</Response>") for one in documents]

    def asked(self, path: str) -> list[dict[str, str]]:
        """The forms that came to a path."""
        return [hook.form for hook in self.hooks if hook.path.partition("?")[0] == path]

    def states(self, sid: str) -> list[tuple[str, str]]:
        """The states that callbacks told of a message, each with its code."""
        told = [hook.form for hook in self.hooks if hook.form.get("MessageSid") == sid and "MessageStatus" in hook.form]
        return [(form["MessageStatus"], form.get("ErrorCode", "")) for form in told]


@dataclass
class Boxed:
    """A box, its bot, and how tests talk to it."""

    box: TwilioInABox
    bot: Bot
    http: httpx.Client

    def api(self, method: str, path: str, **more: Any) -> httpx.Response:
        """A request to Twilio's API with the account's credentials."""
        more.setdefault("auth", (ACCOUNT_SID, self.box.auth_token))
        return self.http.request(method, self.box.url + path, **more)

    def control(self, method: str, path: str, **more: Any) -> httpx.Response:
        """A request to the control API with its key."""
        headers = {"X-Box-Key": self.box.control_key} | more.pop("headers", {})
        return self.http.request(method, f"{self.box.url}/box{path}", headers=headers, **more)

    def send(self, **fields: str) -> httpx.Response:
        """A message to Sam, unless the fields say another."""
        message = {"From": OUR_NUMBER, "To": TO_SAM, "StatusCallback": f"{self.bot.url}/status"} | fields
        return self.api("POST", f"{API}.json", data={name: value for name, value in message.items() if value})

    def fate(self, **fields: str) -> list[tuple[str, str]]:
        """The states of a message to Sam that Twilio takes, once they end."""
        answer = self.send(**fields)
        assert answer.status_code == 201, answer.text
        sid = answer.json()["sid"]
        ends = {"delivered", "failed", "undelivered"}
        assert eventually(lambda: any(state in ends for state, _ in self.bot.states(sid)))
        return self.bot.states(sid)

    def refusal(self, **fields: str) -> tuple[int, int]:
        """Status and code with which Twilio refuses a message to Sam."""
        answer = self.send(**fields)
        return answer.status_code, answer.json()["code"]

    def template(self, kind: str, content: dict[str, Any], **more: Any) -> httpx.Response:
        """Makes a template of one type."""
        return self.api("POST", "/v1/Content", json={"language": "en", "types": {kind: content}} | more)

    def bubbles(self, phone: str = SAM) -> list[dict[str, Any]]:
        """What a phone shows."""
        found: list[dict[str, Any]] = self.control("GET", "/messages", params={"phone": phone}).json()["messages"]
        return found


class _Handler(BaseHTTPRequestHandler):
    bot: Bot
    token: str

    def do_POST(self) -> None:
        """Keeps what comes, and answers it."""
        self._take(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def do_GET(self) -> None:
        """Gives a file, or takes a webhook whose parameters are in its URL."""
        if self.path in self.bot.files:
            self._answer(200, *self.bot.files[self.path])
        else:
            self._take("")

    def _take(self, text: str) -> None:
        form = dict(parse_qsl(text, keep_blank_values=True))
        headers = {name.lower(): value for name, value in self.headers.items()}
        valid = RequestValidator(self.token).validate(self.bot.url + self.path, form, headers["x-twilio-signature"])
        self.bot.hooks.append(Hook(self.path, form, headers, valid))
        waits = self.bot.answers and not self.path.startswith(("/status", "/events"))
        status, answer = self.bot.answers.pop(0) if waits else (204, "")
        self._answer(status, "text/xml", answer.encode())

    def _answer(self, status: int, content_type: str, content: bytes) -> None:
        self.send_response(status)
        if status in {301, 302, 307}:
            self.send_header("Location", content.decode())
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
        """Says nothing."""


@contextmanager
def serving_bot(token: str = TOKEN) -> Iterator[Bot]:
    """A bot on loopback."""
    bot = Bot()
    bound = type("Handler", (_Handler,), {"bot": bot, "token": token})
    with ThreadingHTTPServer(("127.0.0.1", 0), bound) as server:
        bot.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield bot
        server.shutdown()
        thread.join()


@contextmanager
def boxed(folder: Path) -> Iterator[Boxed]:
    """A box with its bot; Sam has written, so that the 24-hour window is open."""
    with (
        httpx.Client(timeout=HANGS) as http,
        serving_bot() as bot,
        TwilioInABox(folder, webhook_url=f"{bot.url}/message", auth_token=TOKEN) as box,
    ):
        box.add_phone(SAM, "Sam", "known")
        box.receive(SAM, "hello")
        yield Boxed(box, bot, http)
