"""What a proven request must hold to be a message of ours; its parameters stay as Twilio sent them."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from ai_voice_shared.customers import identities, not_whatsapp
from ai_voice_shared.jobs import Parameters
from webhook_handler.form import Form
from webhook_handler.request import Request


class Malformed(Exception):  # noqa: N818 - reads as what it is
    """Twilio signed it, yet it is no message that we could ever work on."""


class NotWhatsApp(Malformed):
    """Twilio signed it, yet it is an SMS, a call or another number's: nothing proves who sent it to us."""


@dataclass(frozen=True)
class Message:
    """One inbound message.

    Attributes:
        senders: the identities that name its sender, the likeliest first; never empty.
    """

    sid: str
    senders: tuple[str, ...]
    parameters: Parameters


def read(request: Request, account_sid: str, our_numbers: Collection[str]) -> Message:
    """The message in a request that `Signature` has proven; raises Malformed, NotWhatsApp among it."""
    parameters = _parameters(request)
    if parameters.get("AccountSid") != account_sid:
        raise Malformed("AccountSid is not our account's")
    if reason := not_whatsapp(parameters, our_numbers):
        raise NotWhatsApp(reason)
    senders = identities(parameters)
    if not senders:
        raise Malformed("nothing names the sender")
    return Message(_sid(parameters), senders, parameters)


def _parameters(request: Request) -> Parameters:
    body = request.body or b""
    try:
        return Form.read(body).parameters() if request.body_hash is None else _from_json(body.decode())
    except UnicodeError:
        raise Malformed("the body is not UTF-8") from None
    except (ValueError, AttributeError, RecursionError):
        raise Malformed("the body is not a JSON object") from None


def _from_json(text: str) -> Parameters:
    fields = json.loads(text).items()
    parameters: Parameters = {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for name, value in fields
    }
    for name, value in parameters.items():
        f"{name}{value}".encode()  # JSON can escape half a character, which no queue takes: UnicodeError
    return parameters


def _sid(parameters: Parameters) -> str:
    """As `NoteJob.message_id` reads it, so that the worker finds what was found here."""
    sid = parameters.get("MessageSid") or parameters.get("SmsMessageSid")
    if not isinstance(sid, str) or not sid.isascii() or not sid.isalnum():
        raise Malformed("there is no usable MessageSid")
    return sid
