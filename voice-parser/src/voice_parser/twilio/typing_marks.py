"""The sign that a voice note is worked on: its sender sees that it was read, and that an answer is being typed.

Twilio's typing indicator is a beta, lasts 25 seconds or until a reply, and marks the message as read (Twilio, "Typing
indicators resource"). It is only a courtesy: nothing waits for it, and nothing that goes wrong with it harms the note.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx

from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.telemetry import log

PATH = "/v2/Indicators/Typing.json"

_SHOWN_AGAIN = 20.0
"""Seconds."""

_SECONDS = 5.0
"""For one request."""

_CHECK = "whether this Twilio account has typing indicators (a beta); TypingMarks=off ends the attempts"


@dataclass
class TypingMarks:
    """Shows the sign.

    Attributes:
        url: the origin of Twilio's messaging API; empty if no sign is shown.
        credentials: the account's sid and its token.
        every: seconds after which the sign is shown once more.
    """

    http: httpx.Client
    url: str
    credentials: Callable[[], tuple[str, str]]
    every: float = _SHOWN_AGAIN
    _over: threading.Event = field(default_factory=threading.Event)
    _told: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def shown(self, message_id: str) -> Iterator[None]:
        """Shows the sign during the block, from a thread of its own; the block neither waits for it nor hears of it."""
        done = threading.Event()

        def keep_on() -> None:
            while not (self._over.is_set() or done.is_set()) and self._show(message_id):
                done.wait(self.every)

        if self.url and not self._over.is_set():
            threading.Thread(target=keep_on, name="typing", daemon=True).start()
        try:
            yield
        finally:
            done.set()

    def _show(self, message_id: str) -> bool:
        """Whether Twilio took it. It is not tried again for this note; after a refusal, for no other one either."""
        try:
            form = {"messageId": message_id, "channel": "whatsapp"}
            answer = self.http.post(self.url + PATH, data=form, auth=self.credentials(), timeout=_SECONDS)
        except (httpx.HTTPError, httpx.InvalidURL, RetryLater, DeadLetter) as error:
            self._tell(message_id, type(error).__name__)
            return False
        if answer.is_client_error and answer.status_code != HTTPStatus.TOO_MANY_REQUESTS:
            self._over.set()
        if not answer.is_success:
            self._tell(message_id, f"Twilio answered {answer.status_code}")
        return answer.is_success

    def _tell(self, message_id: str, why: str) -> None:
        """Once for this process: it would be the same for every note."""
        if not self._told.is_set():
            self._told.set()
            log("typing not shown", message_id=message_id, reason=why, check=_CHECK)
