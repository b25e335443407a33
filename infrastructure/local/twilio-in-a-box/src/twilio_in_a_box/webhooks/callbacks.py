"""The status callbacks of messages to phones, signed, one after the other."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from twilio_in_a_box.account.messages import ACCOUNT_SID, Sent, Status
from twilio_in_a_box.webhooks.posting import Poster

DELIVERED: tuple[Status, ...] = (("queued", ""), ("sent", ""), ("delivered", ""))

_END_SECONDS = 120.0


@dataclass(frozen=True)
class Callback:
    """The callbacks of one message.

    Attributes:
        url: where they go; empty where the message named none.
        fate: the states that the message goes through, in this order.
        answers: the status that each was answered with so far; 0 without an answer.
    """

    url: str
    message: Sent
    fate: tuple[Status, ...]
    answers: list[int] = field(default_factory=list)


@dataclass
class Callbacks:
    """Posts callbacks from its own thread, because a message's state changes after Twilio has answered.

    Attributes:
        become: gets each state of each message before it is posted.
        answers: those to all callbacks, in their order.
    """

    poster: Poster
    become: Callable[[str, Status], None] = lambda _sid, _status: None
    answers: list[int] = field(default_factory=list)
    _waiting: "queue.Queue[Callback | None]" = field(default_factory=queue.Queue)
    _thread: threading.Thread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def post(self, callback: Callback, seconds: float = 0.0) -> None:
        """Posts the callbacks soon, at the earliest after so many seconds."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="twilio-callbacks", daemon=True)
                self._thread.start()
        if not seconds:
            self._waiting.put(callback)
            return
        timer = threading.Timer(seconds, self._waiting.put, (callback,))
        timer.daemon = True
        timer.start()

    def stop(self) -> None:
        """Ends the thread after its present callback; waiting ones are not posted any more."""
        if self._thread:
            while not self._waiting.empty():
                self._waiting.get_nowait()
            self._waiting.put(None)
            self._thread.join(_END_SECONDS)

    def _work(self) -> None:
        while callback := self._waiting.get():
            for state, code in callback.fate:
                self.become(callback.message.sid, (state, code))
                if callback.url:
                    form = parameters(callback.message, state, code)
                    answer = self.poster.post("callback", callback.url, form).status
                    callback.answers.append(answer)
                    self.answers.append(answer)


def parameters(message: Sent, state: str, code: str) -> dict[str, str]:
    """A callback's form (Twilio, "Track the message status of outbound messages")."""
    names = {"MessageSid": message.sid, "SmsSid": message.sid, "MessageStatus": state, "SmsStatus": state}
    parties = {"From": message.sender, "To": message.to, "AccountSid": ACCOUNT_SID}
    channel = {"ApiVersion": "2010-04-01", "ChannelPrefix": "whatsapp", "ChannelToAddress": message.to}
    return names | parties | channel | ({"ErrorCode": code} if code else {})
