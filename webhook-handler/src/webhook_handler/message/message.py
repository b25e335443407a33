"""What a proven request must have to be a message for us. Its parameters stay as Twilio sent them."""

import json
from collections.abc import Collection

from ai_voice_shared.customers import identities, not_whatsapp
from ai_voice_shared.jobs import Parameters, message_sid
from webhook_handler.endpoint import ProvenRequest
from webhook_handler.form import Form
from webhook_handler.replies import Malformed, NotWhatsApp
from webhook_handler.request import Request


def read(proven: ProvenRequest, our_numbers: Collection[str]) -> Parameters:
    """The parameters of a WhatsApp message to one of our numbers; raises Malformed (NotWhatsApp is one)."""
    parameters = _parameters(proven.request)
    proven.check_account(parameters)
    if reason := not_whatsapp(parameters, our_numbers):
        raise NotWhatsApp(reason)
    return parameters


def senders(parameters: Parameters) -> tuple[str, ...]:
    """The identities of its sender, the likeliest first; raises Malformed if there is none."""
    found = identities(parameters)
    if not found:
        raise Malformed("nothing names the sender")
    return found


def sid(parameters: Parameters) -> str:
    """The message's id, as the worker will read it; raises Malformed if there is none."""
    found = message_sid(parameters)
    if not found:
        raise Malformed("there is no usable MessageSid")
    return found


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
        f"{name}{value}".encode()  # JSON can escape half a character, which no queue takes (UnicodeError)
    return parameters
