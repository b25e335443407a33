"""What a proven status callback says: which reply it is about, and the state of that reply."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs

from ai_voice_shared.artifacts import is_message_id
from ai_voice_shared.records.replies import Named, State
from webhook_handler.endpoint import ProvenRequest
from webhook_handler.form import Form
from webhook_handler.replies import Malformed

_STEP = "[a-z0-9-]{1,40}"

_STATES: dict[str, State] = {
    "accepted": "queued",
    "scheduled": "queued",
    "queued": "queued",
    "sending": "sending",
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "failed",
}
"""Twilio's words for the states (Twilio, "Messages resource"). For a word not listed here, only the sid is recorded."""


@dataclass(frozen=True)
class Callback:
    """One status callback.

    Attributes:
        message_id: of the message that was replied to.
        step: of the reply.
        sid: of the reply, as Twilio has it.
        state: None for a state that we do not know.
        code: Twilio's error code; empty without one.
    """

    message_id: str
    step: str
    sid: str
    state: State | None
    code: str
    our_number: str
    recipient: str

    @classmethod
    def read(cls, proven: ProvenRequest) -> "Callback":
        """The callback in a proven request, whose query names the reply; raises Malformed."""
        request = proven.request
        query = {name: values[0] for name, values in parse_qs(request.query).items()}
        form = {name: values[0] for name, values in Form.read(request.body or b"", errors="replace").items()}
        named = Named.from_query(query)
        sid = form.get("MessageSid") or form.get("SmsSid", "")
        proven.check_account(form)
        message_id, step = named
        if not (is_message_id(message_id) and re.fullmatch(_STEP, step) and is_message_id(sid)):
            raise Malformed("it names no reply of ours")
        state = _STATES.get(form.get("MessageStatus") or form.get("SmsStatus", ""))
        return cls(message_id, step, sid, state, form.get("ErrorCode", ""), form.get("From", ""), form.get("To", ""))
