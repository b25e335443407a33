"""`make note`: sends a recording, a file or a text into a running platform and shows what becomes of it."""

import time
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import httpx

from ai_voice_local.platform import Running
from ai_voice_local.terminal import DataApi, NoAnswer, boxed, follow, on_phone, say, timeline
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
    fields = {"phone": sender, "text": text, "quoting": quoting}
    sent_file = _read(file) if file else None
    try:
        _follow(running, _Phone(folder, running, sender), fields, sent_file)
    except httpx.ConnectError:
        raise NotSent("The platform that ran here does not answer. Start it again with `make up`.") from None


def _read(file: Path) -> "_File":
    try:
        return file.name, file.read_bytes(), content_type(file.name)
    except OSError as error:
        raise NotSent(f"{file} cannot be read: {error.strerror}.") from None


def content_type(name: str) -> str:
    """The type that a phone would declare for a file with this name. The voice-parser decides by the file's bytes."""
    found = media_types.of_extension(PurePath(name).suffix.lower().removeprefix("."))
    declared = found.name if found else media_types.BINARY
    return f"{declared}; codecs=opus" if declared == "audio/ogg" else declared  # as WhatsApp's voice notes


def _follow(running: Running, phone: "_Phone", fields: dict[str, str], file: "_File | None") -> None:
    delivered = phone.send(fields, file)
    webhook = delivered["webhook"]
    say(f"▸ {delivered['sid']}: webhook answered {webhook['status']}")
    if "<Message>" in webhook["answer"]:
        for message in phone.shows():
            say(boxed(message["text"]))
        return
    api = DataApi(running.data_api_url, running.api_key)
    if _is_seen(api, delivered["sid"], phone):
        _show(follow(api, delivered["sid"], lambda line: say(f"   {line}")))
    else:
        say("   another company's sender: the API key of `make up` does not see the note")
    say("   the phone shows:")
    for message in phone.shows():
        say(boxed(on_phone(message["text"], phone.file_of(message))))


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


type _File = tuple[str, bytes, str]
"""A file's name, content and type."""


@dataclass
class _Phone:
    """A sender's phone, in the simulator; `before` are the messages that it had before this one."""

    folder: Path
    running: Running
    number: str
    before: frozenset[str] = frozenset()

    def send(self, fields: dict[str, str], file: _File | None) -> dict[str, Any]:
        """Sends a message; returns its sid and what our webhook answered."""
        self.before = frozenset(message["sid"] for message in self.shows())
        parts = {name: (None, value) for name, value in fields.items()} | ({"file": file} if file else {})
        answer = self._ask("POST", files=parts)
        delivered: dict[str, Any] = answer.json()
        return delivered

    def shows(self) -> list[dict[str, Any]]:
        """The messages that it has received since then."""
        found: list[dict[str, Any]] = self._ask("GET", params={"phone": self.number}).json()["messages"]
        return [one for one in found if one["direction"] == "out" and one["sid"] not in self.before]

    def file_of(self, message: dict[str, Any]) -> str | None:
        """Where the file of a message is kept; None without one."""
        return next((str(self.folder / "twilio" / one["url"].rpartition("/")[2]) for one in message["media"]), None)

    def _ask(self, method: str, **more: Any) -> httpx.Response:
        headers = {"X-Box-Key": self.running.phone_secret}
        url = f"{self.running.phone_url}/box/messages"
        return httpx.request(method, url, headers=headers, timeout=120.0, **more).raise_for_status()
