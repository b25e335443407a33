"""A bot behind a box of its own, and the simulator's page before it, for tests that need no platform."""

import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
from browser.support import LONGEST, tab
from playwright.sync_api import Browser, Locator, Page, expect
from support.openai_server import running
from support.waiting import HANGS, eventually
from twilio.request_validator import RequestValidator

from twilio_in_a_box.account.messages import ACCOUNT_SID, API, OUR_NUMBER
from twilio_in_a_box.box import TwilioInABox

SAM, KIM = "+15550100001", "+15550100002"


@dataclass
class Bot:
    """What it was sent, and what it sends.

    Attributes:
        received: the parameters of each webhook whose signature is right.
        callbacks: the statuses that it was told, by message.
        documents: what it answers to calls, by path: the inside of `Response`.
    """

    box: TwilioInABox
    received: list[dict[str, str]] = field(default_factory=list)
    callbacks: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""
    documents: dict[str, str] = field(default_factory=dict)

    def take(self, path: str, signature: str, parameters: dict[str, str]) -> None:
        """Takes a webhook or a status callback; one with a wrong signature fails the test that waits for it."""
        if not RequestValidator(self.box.auth_token).validate(self.url + path, parameters, signature):
            return
        if path == "/status" and "MessageSid" in parameters:
            self.callbacks.append((parameters["MessageSid"], parameters["MessageStatus"]))
        else:
            self.received.append(parameters)

    def last(self, count: int) -> dict[str, str]:
        """The newest webhook, once there are so many."""
        assert eventually(lambda: len(self.received) >= count)
        return self.received[-1]

    def say(self, to: str = SAM, **fields: str) -> httpx.Response:
        """Sends a message to a phone over Twilio's API."""
        form = {"From": OUR_NUMBER, "To": f"whatsapp:{to}", "StatusCallback": f"{self.url}/status"} | fields
        return self.ask("POST", f"{API}.json", data=form)

    def content(self, kind: str, **content: Any) -> str:
        """The sid of a new template, such as `twilio/quick-reply`."""
        made = self.ask("POST", "/v1/Content", json={"language": "en", "types": {kind: content}})
        return str(made.raise_for_status().json()["sid"])

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Asks Twilio's API."""
        credentials = (ACCOUNT_SID, self.box.auth_token)
        return httpx.request(method, self.box.url + path, auth=credentials, timeout=HANGS, trust_env=False, **more)


@contextmanager
def bot(folder: Path) -> Iterator[Bot]:
    """A bot, its box, and two phones in it."""
    with TwilioInABox(folder, patience=HANGS) as box:
        box.add_phone(SAM, "Sam Porter", "known")
        box.add_phone(KIM, "Kim Larsen", "of another company")
        one = Bot(box)
        handler = type("Handler", (_Handler,), {"bot": one})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        one.url = f"http://127.0.0.1:{server.server_port}"
        box.webhook_url = f"{one.url}/message"
        with running(server):
            yield one


class _Handler(BaseHTTPRequestHandler):
    bot: Bot

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        parameters = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
        self.bot.take(self.path, self.headers["X-Twilio-Signature"], parameters)
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.end_headers()
        document = self.bot.documents.get(self.path, "")
        self.wfile.write(f"<Response>{document}</Response>".encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
        pass


@dataclass(frozen=True)
class Simulator:
    """The page, with the shown phones."""

    page: Page

    def phone(self, name: str) -> "Phone":
        """A phone that is shown."""
        return Phone(self.page.get_by_role("region", name=name, exact=True))

    def entry(self, words: str) -> Locator:
        """The newest entry of the inspector with these words."""
        return self.page.locator(".entry", has_text=words).first

    def turn(self, switch: str) -> None:
        """Presses a switch."""
        self.page.get_by_role("switch", name=switch, exact=True).click()


@dataclass(frozen=True)
class Phone:
    """One phone of the page."""

    place: Locator

    def said(self, words: str) -> Locator:
        """The newest message with these words, its buttons too."""
        return self.place.locator(".said", has_text=words).last

    def write(self, text: str) -> None:
        """Types a text and sends it with Return."""
        field = self.place.get_by_label("Message", exact=True)
        field.fill(text)
        field.press("Enter")

    def press(self, name: str) -> None:
        """Presses a button."""
        self.place.get_by_role("button", name=name, exact=True).click()

    def more(self, words: str, choice: str) -> None:
        """Chooses from the menu of a message."""
        message = self.said(words)
        message.hover()
        message.get_by_label("More for this message").click()
        message.get_by_role("button", name=choice).click()


@contextmanager
def simulator(browser: Browser, url: str, **how: Any) -> Iterator[Simulator]:
    """The page in a tab of its own, once it shows its phones."""
    with tab(browser, **how) as page:
        page.context.grant_permissions(["microphone", "clipboard-read", "clipboard-write"])
        page.goto(url, timeout=LONGEST)
        expect(page.locator(".phone").first).to_be_visible()
        yield Simulator(page)
