"""The status callbacks of the replacement for Twilio, signed, one after the other."""

import queue
import threading
from dataclasses import dataclass, field

import httpx
from twilio.request_validator import RequestValidator

from ai_voice_local.twilio.messages import ACCOUNT_SID

type Told = tuple[str, str]
"""A state, as `delivered`, and Twilio's error code, empty without one."""

DELIVERED: tuple[Told, ...] = (("queued", ""), ("sent", ""), ("delivered", ""))

SECONDS = 120.0
"""The longest wait for an answer, in seconds. Twilio waits 15 s; here a cold function shares the machine."""


@dataclass(frozen=True)
class Callback:
    """The callbacks of one message, and their URL.

    Attributes:
        answers: the status that each was answered with so far; 0 without an answer.
    """

    url: str
    auth_token: str
    sid: str
    sender: str
    recipient: str
    fate: tuple[Told, ...]
    answers: list[int] = field(default_factory=list)


@dataclass
class Callbacks:
    """Posts callbacks from its own thread, because a reply's state changes after Twilio has answered.

    Attributes:
        answers: those to all callbacks, in their order.
    """

    answers: list[int] = field(default_factory=list)
    _waiting: "queue.Queue[Callback | None]" = field(default_factory=queue.Queue)
    _thread: threading.Thread | None = None

    def post(self, callback: Callback) -> None:
        """Posts the callbacks soon."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="twilio-callbacks", daemon=True)
            self._thread.start()
        self._waiting.put(callback)

    def stop(self) -> None:
        """Ends the thread after its present callback; waiting ones are not posted any more."""
        if self._thread:
            while not self._waiting.empty():
                self._waiting.get_nowait()
            self._waiting.put(None)
            self._thread.join(SECONDS)

    def _work(self) -> None:
        with httpx.Client(timeout=SECONDS) as http:
            while callback := self._waiting.get():
                for state, code in callback.fate:
                    answer = _posted(http, callback, state, code)
                    callback.answers.append(answer)
                    self.answers.append(answer)


def parameters(callback: Callback, state: str, code: str) -> dict[str, str]:
    """A callback's form (Twilio, "Track the message status of outbound messages")."""
    names = {"MessageSid": callback.sid, "SmsSid": callback.sid, "MessageStatus": state, "SmsStatus": state}
    parties = {"From": callback.sender, "To": callback.recipient, "AccountSid": ACCOUNT_SID}
    channel = {"ApiVersion": "2010-04-01", "ChannelPrefix": "whatsapp", "ChannelToAddress": callback.recipient}
    return names | parties | channel | ({"ErrorCode": code} if code else {})


def _posted(http: httpx.Client, callback: Callback, state: str, code: str) -> int:
    form = parameters(callback, state, code)
    signature = RequestValidator(callback.auth_token).compute_signature(callback.url, form)
    try:
        return http.post(callback.url, data=form, headers={"X-Twilio-Signature": signature}).status_code
    except httpx.HTTPError:
        return 0
