"""The messages of one phone as a page shows them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from twilio_in_a_box.account.errors import FAILURES
from twilio_in_a_box.account.kept import Kept
from twilio_in_a_box.account.log import MessageLog
from twilio_in_a_box.account.messages import Message, Received, Sent
from twilio_in_a_box.control import contacts
from twilio_in_a_box.control.phones import Phones

LARGEST_VOICE_MESSAGE = 512 * 1024
"""Bytes of Ogg/Opus (WhatsApp, "Audio messages")."""


def of_phone(log: MessageLog, phones: Phones, kept: Kept, number: str) -> list[dict[str, Any]]:
    """The bubbles of a phone in their order, since its conversation was forgotten."""
    address, since = phones.find(number).sender.address, phones.forgotten.get(number, "")
    ours = [one for one in (*log.sent, *log.unshown) if one.to == address]
    theirs = [one for one in log.received if one.parameters["From"] == address]
    messages: list[Message] = [*theirs, *ours]
    found = [bubble(one, log, kept) for one in messages if one.at > since]
    return sorted(found, key=lambda one: str(one["at"]))


def bubble(message: Message, log: MessageLog, kept: Kept) -> dict[str, Any]:
    """One message; keys without a value are left out."""
    status, error = log.statuses.get(message.sid, ("delivered", ""))
    shown = {"sid": message.sid, "at": message.at, "status": status}
    shown |= {"error": error, "error_text": FAILURES.get(error, "The message was not delivered")} if error else {}
    return shown | (_sent(message, kept) if isinstance(message, Sent) else _received(message, kept))


def _sent(message: Sent, kept: Kept) -> dict[str, Any]:
    media: list[dict[str, Any]] = [_media(Path(message.media).name, kept)] if message.media else []
    for one in media:
        one.update({} if _plays(one, kept) else {"voice": False})
    return {"direction": "out", "text": message.body, "media": media} | (message.interactive or {})


def _received(message: Received, kept: Kept) -> dict[str, Any]:
    said = message.parameters
    media = [_media(one["sid"], kept) | {"content_type": one["content_type"]} for one in message.media()]
    shown: dict[str, Any] = {"direction": "in", "text": said["Body"], "media": media}
    if "Latitude" in said:
        shown["place"] = _place(said)
    if card := _card(said, message, kept):
        shown["contact"] = card
    if quoted := said.get("OriginalRepliedMessageSid"):
        shown["quoting"] = quoted
    if said.get("Forwarded") or said.get("FrequentlyForwarded"):
        shown["forwarded"] = "frequently" if said.get("FrequentlyForwarded") else "once"
    return shown


def _plays(media: Mapping[str, str], kept: Kept) -> bool:
    """Whether WhatsApp shows a recording with a play button; it shows a large one as a file."""
    file = kept.file(media["url"].rpartition("/")[2])
    is_voice = media["content_type"].startswith("audio/ogg")
    return not is_voice or file is None or file.stat().st_size <= LARGEST_VOICE_MESSAGE


def _media(media_sid: str, kept: Kept) -> dict[str, str]:
    file = kept.file(media_sid)
    return {"url": f"/box/media/{media_sid}", "content_type": kept.type_of(file) if file else ""}


def _place(said: Mapping[str, str]) -> dict[str, Any]:
    words = {"address": said.get("Address", ""), "label": said.get("Label", "")}
    return {"latitude": said["Latitude"], "longitude": said.get("Longitude", "")} | words


def _card(said: Mapping[str, str], message: Received, kept: Kept) -> dict[str, str] | None:
    if said["MessageType"] != "contacts" or not message.media():
        return None
    file = kept.file(message.media()[0]["sid"])
    return contacts.read(file.read_text(encoding="utf-8", errors="replace")) if file else None
