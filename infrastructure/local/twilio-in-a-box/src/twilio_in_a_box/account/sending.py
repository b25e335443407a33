"""Whether Twilio takes a message to a phone, and what is found out only later (Twilio, "Messages resource")."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from twilio_in_a_box.account import addresses, fetching
from twilio_in_a_box.account.content import Contents
from twilio_in_a_box.account.errors import TwilioError
from twilio_in_a_box.account.kept import Kept
from twilio_in_a_box.account.messages import Sent, Status
from twilio_in_a_box.account.rendering import rendered, variables_of

LONGEST_BODY = 1600


@dataclass(frozen=True)
class Ordered:
    """A message that Twilio has taken.

    Attributes:
        file: what was fetched from its `MediaUrl`; None without one, or where that could not be had.
        trouble: why no phone will show it, a code of `FAILURES`; empty if nothing is known.
        is_template: whether it may open a conversation.
    """

    body: str
    interactive: dict[str, Any] | None
    file: Path | None
    trouble: str
    is_template: bool

    def message(self, fields: Mapping[str, str], *, shown: bool) -> Sent:
        """The message under a new sid."""
        sid = ("MM" if fields.get("MediaUrl") else "SM") + secrets.token_hex(16)
        now, file = datetime.now(UTC).isoformat(), str(self.file) if self.file else None
        content_sid, sender = fields.get("ContentSid", ""), fields["From"]
        interactive = self.interactive if shown else None
        return Sent(sid, fields["To"], self.body, now, file, interactive, shown, content_sid, sender)


def order(fields: Mapping[str, str], number: str, contents: Contents, kept: Kept) -> Ordered:
    """Reads the request for a message; raises TwilioError if Twilio refuses it.

    `number` is the account's sender, as `whatsapp:+1555…`.
    """
    _check_parties(fields, number)
    _check_callback(fields)
    media_url = _media_url(fields)
    if sid := fields.get("ContentSid", ""):
        return _of_template(fields, sid, contents)
    if fields.get("ContentVariables"):
        raise TwilioError(21654)
    body = fields.get("Body", "")
    if len(body) > LONGEST_BODY:
        raise TwilioError(21617)
    if not (body.strip() or media_url):
        raise TwilioError(21619)
    file, trouble = fetching.fetched(media_url, kept) if media_url else (None, "")
    return Ordered(body, None, file, trouble, is_template=False)


def _check_parties(fields: Mapping[str, str], number: str) -> None:
    to, sender = fields.get("To", ""), fields.get("From", "")
    if not to:
        raise TwilioError(21604)
    if fields.get("MessagingServiceSid") and not sender:
        raise TwilioError(21701)
    if not sender:
        raise TwilioError(21603)
    if sender.startswith(addresses.CHANNEL) != to.startswith(addresses.CHANNEL):
        raise TwilioError(21910)
    if not addresses.is_address(to):
        raise TwilioError(21211, to[:100])
    if sender != number:
        raise TwilioError(63007)
    if sender == to:
        raise TwilioError(63031)


def _check_callback(fields: Mapping[str, str]) -> None:
    callback = fields.get("StatusCallback", "")
    if callback and not addresses.is_absolute_url(callback):
        raise TwilioError(21609, callback[:100])


def _media_url(fields: Mapping[str, str]) -> str:
    url = fields.get("MediaUrl", "")
    if url and not addresses.is_absolute_url(url):
        raise TwilioError(21620)
    return url


def _of_template(fields: Mapping[str, str], sid: str, contents: Contents) -> Ordered:
    if sid not in contents.all:
        raise TwilioError(21655)
    variables = variables_of(fields.get("ContentVariables", ""))
    filled = rendered(contents.all[sid], variables)
    trouble = "63021" if filled.too_much else ""
    return Ordered(filled.body, filled.interactive, None, trouble, is_template=filled.opens)


def failing(code: str) -> tuple[Status, ...]:
    """The states of a message that is never shown: WhatsApp refuses it, or Twilio could not send it at all."""
    if code in {"63014", "63016"}:
        return ("queued", ""), ("undelivered", code)
    return (("failed", code),)
