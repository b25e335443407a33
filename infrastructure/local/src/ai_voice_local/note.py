"""`make note`: sends a recording, a file or a text into a running platform and shows what becomes of it."""

import base64
import time
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import httpx

from ai_voice_local.platform import Running
from ai_voice_local.terminal import DataApi, NoAnswer, boxed, follow, on_phone, say, timeline
from ai_voice_local.twilio.messages import ACCOUNT_SID
from ai_voice_shared.stored import media_types

_POLL_SECONDS = 0.1
_PATIENCE_SECONDS = 600.0

NOTHING_RUNS = "The platform is not running here. Start it with `make up` in another terminal, then try again."


class NotSent(Exception):  # noqa: N818 - reads as what it is
    """The note could not be sent; the message says why and what to do."""


FORGET = "Forget that."
"""The words that erase a message, as a reply to it."""


def send(folder: Path, *, file: Path | None, text: str, sender: str, quoting: str = "") -> None:
    """Sends one note as `sender` and follows it; raises NotSent.

    `quoting` is the sid of the message that it replies to; empty for none.
    """
    running = Running.read(folder)
    if running is None:
        raise NotSent(NOTHING_RUNS)
    order: dict[str, str] = {"sender": sender, "text": text, "profile_name": "You", "quoting": quoting}
    if file:
        order |= _media(file)
    try:
        _follow(running, order)
    except httpx.ConnectError:
        raise NotSent("The platform that ran here does not answer. Start it again with `make up`.") from None


def _media(file: Path) -> dict[str, str]:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise NotSent(f"{file} cannot be read: {error.strerror}.") from None
    return {"media": base64.b64encode(content).decode(), "content_type": content_type(file.name)}


def content_type(name: str) -> str:
    """The type that a phone would declare for a file with this name. The voice-parser decides by the file's bytes."""
    found = media_types.of_extension(PurePath(name).suffix.lower().removeprefix("."))
    declared = found.name if found else media_types.BINARY
    return f"{declared}; codecs=opus" if declared == "audio/ogg" else declared  # as WhatsApp's voice notes


def _follow(running: Running, order: dict[str, str]) -> None:
    phone = _Phone(f"{running.phone_url}/phone/messages", order["sender"], (ACCOUNT_SID, running.phone_secret))
    delivered = phone.send(order)
    say(f"▸ {delivered['sid']}: webhook answered {delivered['status']}")
    if "<Message>" in delivered["body"]:
        say(boxed(delivered["body"].partition("<Message>")[2].partition("</Message>")[0]))
        return
    api = DataApi(running.data_api_url, running.api_key)
    if _is_seen(api, delivered["sid"], phone):
        _show(follow(api, delivered["sid"], lambda line: say(f"   {line}")))
    else:
        say("   another company's sender: the API key of `make up` does not see the note")
    say("   the phone shows:")
    for message in phone.shows():
        say(boxed(on_phone(message["body"], message["media"])))


def _is_seen(api: DataApi, message_id: str, phone: "_Phone") -> bool:
    """Whether the key sees the note. A sender gets a reply only after the note exists."""
    started = time.monotonic()
    while time.monotonic() - started < _PATIENCE_SECONDS:
        told = phone.shows()
        if api.note(message_id):
            return True
        if told:
            return False
        time.sleep(_POLL_SECONDS)
    raise NoAnswer("The note was not processed. aws.log in the platform's folder says why.")


def _show(note: dict[str, Any]) -> None:
    if times := timeline(note):
        say(times)
    why = f" ({note['problem']})" if note["problem"] else ""
    say(f"   {note['status']}{why}, as GET /v1/notes/{note['message_id']} tells:")
    for artifact in note["artifacts"]:
        say(f"     {artifact['size']:>9,} B  {artifact['key']}")


@dataclass
class _Phone:
    """A sender's phone; `before` is how many messages we had sent it before this one."""

    url: str
    number: str
    credentials: tuple[str, str]
    before: int = 0

    def send(self, order: dict[str, str]) -> dict[str, Any]:
        """Sends a message; returns its sid and what our webhook answered."""
        self.before = httpx.get(self.url, auth=self.credentials).json()["next"]
        answer = httpx.post(self.url, json=order, auth=self.credentials, timeout=120.0)
        delivered: dict[str, Any] = answer.raise_for_status().json()
        return delivered

    def shows(self) -> list[dict[str, Any]]:
        """The messages that it has received since then."""
        query: dict[str, str | int] = {"phone": self.number, "after": self.before}
        found = httpx.get(self.url, params=query, auth=self.credentials).json()
        messages: list[dict[str, Any]] = found["messages"]
        return messages
