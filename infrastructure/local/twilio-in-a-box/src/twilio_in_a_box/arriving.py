"""The way of a message from a phone to the bot: kept as Twilio keeps it, and announced by a signed webhook."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from twilio_in_a_box import leaving
from twilio_in_a_box.account.messages import API, Received
from twilio_in_a_box.core import Account
from twilio_in_a_box.webhooks import forms, twiml
from twilio_in_a_box.webhooks.forms import Sender


@dataclass(frozen=True)
class Delivered:
    """A message from a phone, with what the webhook answered; status 0 where there was no answer."""

    sid: str
    status: int
    body: str


@dataclass(frozen=True)
class Said:
    """What a phone sends.

    Attributes:
        content_type: of `media`; empty without a file.
        quoting: the sid of the message to which it replies, in any direction; empty for none.
        more: parameters of only one kind of message, such as a place's `Latitude`, or another `MessageType`.
    """

    text: str = ""
    media: bytes = b""
    content_type: str = ""
    quoting: str = ""
    more: Mapping[str, str] | None = None


def receive(account: Account, sender: Sender, said: Said) -> dict[str, str]:
    """Keeps a message from a phone and returns its webhook's parameters (Twilio, "Webhook request")."""
    sid = ("MM" if said.media or said.content_type else "SM") + secrets.token_hex(16)
    more = dict(said.more or {})
    quoted = _quoted(account, said.quoting, sender) if said.quoting else {}
    parameters = forms.inbound(sid, sender, account.number, said.text, said.content_type, more)
    parameters |= _file(account, sid, said) | quoted | more
    message = Received(parameters, datetime.now(UTC).isoformat())
    account.log.receive(message)
    account.tell_message(message)
    return parameters


def pass_on(account: Account, parameters: dict[str, str]) -> Delivered:
    """Announces a message from a phone, as the switches of the next message want it."""
    coming = account.switches.take_next()
    if coming.lost:
        _note_lost(account, parameters)
        return Delivered(parameters["MessageSid"], 0, "")
    delivered = announce(account, parameters)
    return announce(account, parameters) if coming.twice else delivered


def announce(account: Account, parameters: dict[str, str]) -> Delivered:
    """Posts the signed webhook of a message from a phone; it may be repeated, as Twilio repeats it.

    What failed is tried again, as often as the URL's fragment or `overrides` asks. TwiML in the answer is obeyed.
    """
    sid = parameters["MessageSid"]
    if account.switches.of(account.phones.number_of(parameters["From"])).slow:
        time.sleep(account.slow_seconds)
    url = account.webhook_url if "#" in account.webhook_url else f"{account.webhook_url}#{account.overrides}"
    attempt = account.poster.post("webhook", url, parameters)
    if account.fallback_url and not attempt.is_done:
        error = {"ErrorCode": "11200", "ErrorUrl": attempt.url}
        attempt = account.poster.post("webhook", account.fallback_url, parameters | error)
    if attempt.is_done:
        if account.log.statuses.get(sid, ("sent", ""))[0] == "sent":
            account.log.become(sid, ("delivered", ""))
        _obey(account, attempt.answer, parameters)
    return Delivered(sid, attempt.status, attempt.answer)


def _note_lost(account: Account, parameters: Mapping[str, str]) -> None:
    account.events.add(
        at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        kind="webhook",
        method="POST",
        url=account.webhook_url.partition("#")[0],
        headers={},
        form=dict(parameters),
        status=0,
        answer="",
        ms=0,
        signature="",
        valid=False,
        phone=account.phones.number_of(parameters["From"]),
        sid=parameters["MessageSid"],
        outcome="lost on the way; it is in the list of messages",
    )


def _obey(account: Account, answer: str, parameters: Mapping[str, str]) -> None:
    """Sends the messages of a TwiML answer; Twilio only logs what is wrong with it (errors 12100 and 12300)."""
    try:
        found = twiml.messages(answer)
    except ValueError:
        return
    for one in found:
        fields = {"From": parameters["To"], "To": parameters["From"], "Body": one.body}
        fields |= {"MediaUrl": one.media_url} if one.media_url else {}
        fields |= {"StatusCallback": one.callback} if one.callback else {}
        leaving.take(account, fields, direction="outbound-reply")


def _file(account: Account, sid: str, said: Said) -> dict[str, str]:
    if not said.content_type:
        return {}
    file = account.kept.keep(said.media, said.content_type)
    account.late[sid] = time.monotonic() + account.late_seconds
    url = f"{account.url}{API}/{sid}/Media/{file.name}"
    return {"NumMedia": "1", "MediaUrl0": url, "MediaContentType0": said.content_type}


def _quoted(account: Account, sid: str, sender: Sender) -> dict[str, str]:
    ours = any(message.sid == sid for message in account.log.sent)
    author = account.number if ours else sender.address
    return {"OriginalRepliedMessageSid": sid, "OriginalRepliedMessageSender": author}


def sender(account: Account, number: str, name: str) -> Sender:
    """Who writes from this number; `name` is for this message, empty for the phone's own."""
    known = account.phones.find(number).sender
    return replace(known, name=name) if name else known
