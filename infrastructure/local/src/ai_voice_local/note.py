"""`make note`: sends a recording, a file or a text into a running platform and shows what becomes of it."""

import base64
import mimetypes
from pathlib import Path

import httpx

from ai_voice_local.console import DataApi, boxed, follow, on_phone, say, timeline
from ai_voice_local.platform import Running

_WHATSAPP_TYPES = {".ogg": "audio/ogg; codecs=opus", ".opus": "audio/ogg; codecs=opus", ".m4a": "audio/mp4"}

NOTHING_RUNS = "Nothing is running here: start it with `make up` in another terminal, then try again."


class NotSent(Exception):  # noqa: N818 - reads as what it is
    """The note could not be sent; the message says why and what to do."""


def send(folder: Path, *, file: Path | None, text: str, sender: str) -> None:
    """Sends one note as `sender` and follows it; raises NotSent."""
    running = Running.read(folder)
    if running is None:
        raise NotSent(NOTHING_RUNS)
    order: dict[str, str] = {"sender": sender, "text": text, "profile_name": "You"}
    if file:
        order |= _media(file)
    try:
        _follow(running, order)
    except httpx.ConnectError:
        raise NotSent("The platform that ran here does not answer: start it again with `make up`.") from None


def _media(file: Path) -> dict[str, str]:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise NotSent(f"{file} can not be read: {error.strerror}.") from None
    guessed = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    content_type = _WHATSAPP_TYPES.get(file.suffix.lower(), guessed)
    return {"media": base64.b64encode(content).decode(), "content_type": content_type}


def _follow(running: Running, order: dict[str, str]) -> None:
    phone = f"{running.phone_url}/phone/messages"
    before = httpx.get(phone).json()["next"]
    delivered = httpx.post(phone, json=order, timeout=30.0).raise_for_status().json()
    say(f"▸ {delivered['sid']}: webhook answered {delivered['status']}")
    if "<Message>" in delivered["body"]:
        say(boxed(delivered["body"].partition("<Message>")[2].partition("</Message>")[0]))
        return
    note = follow(DataApi(running.data_api_url, running.api_key), delivered["sid"], lambda line: say(f"   {line}"))
    if times := timeline(note):
        say(times)
    say(f"   {note['status']}, as GET /v1/notes/{note['message_id']} tells:")
    for artifact in note["artifacts"]:
        say(f"     {artifact['size']:>9,} B  {artifact['key']}")
    say("   the phone shows:")
    for message in httpx.get(phone, params={"phone": order["sender"], "after": before}).json()["messages"]:
        say(boxed(on_phone(message["body"], message["media"])))
