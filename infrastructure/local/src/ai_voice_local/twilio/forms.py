"""The forms that Twilio and we send each other, as far as the stand-in fills or reads them."""

import json
from collections.abc import Mapping

from ai_voice_local.twilio.messages import ACCOUNT_SID, OUR_NUMBER


def inbound(
    sid: str, sender: str, text: str, content_type: str, profile_name: str, more: Mapping[str, str]
) -> dict[str, str]:
    """The webhook's parameters of a message from a phone number, without its file (Twilio, "Webhook request")."""
    return {
        "MessageSid": sid,
        "SmsSid": sid,
        "SmsMessageSid": sid,
        "AccountSid": ACCOUNT_SID,
        "From": f"whatsapp:{sender}",
        "To": OUR_NUMBER,
        "Body": text,
        "NumMedia": "0",
        "NumSegments": "1",
        "MessageType": _message_type(content_type, more),
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        "ProfileName": profile_name,
        "WaId": sender.removeprefix("+"),
    }


def body_of(fields: dict[str, str]) -> str:
    """The text of a message that we send; of a template, as far as we know it: what stands in for its placeholders."""
    if body := fields.get("Body", ""):
        return body
    return " ".join(json.loads(fields["ContentVariables"]).values()) if "ContentSid" in fields else ""


def _message_type(content_type: str, more: Mapping[str, str]) -> str:
    """What Twilio calls a message: by its place or file, else it is a text."""
    if "Latitude" in more:
        return "location"
    if content_type.startswith("text/") and "card" in content_type:
        return "contacts"
    main = content_type.partition("/")[0]
    if main in {"audio", "video", "image"}:
        return main
    return "document" if main else "text"
