"""What a webhook's answer tells Twilio to send: TwiML's `<Message>` (Twilio, "TwiML for Programmable Messaging")."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET


@dataclass(frozen=True)
class TwimlMessage:
    """One `<Message>`; `media_url` and `callback` are empty without them."""

    body: str
    media_url: str
    callback: str


def messages(answer: str) -> list[TwimlMessage]:
    """The messages of an answer; raises ValueError if it is not TwiML (Twilio, error 12100)."""
    if not answer.strip():
        return []
    if "<!DOCTYPE" in answer.upper():
        raise ValueError("TwiML has no document type.")
    try:
        root = ET.fromstring(answer)  # noqa: S314 - without a document type there are no entities to expand
    except ET.ParseError as error:
        raise ValueError(f"The answer is not XML: {error}") from None
    if root.tag != "Response":
        raise ValueError("TwiML begins with <Response>.")
    return [_message(one) for one in root.findall("Message")]


def _message(element: ET.Element) -> TwimlMessage:
    bodies = [(one.text or "") for one in element.findall("Body")]
    body = "".join(bodies) if bodies else (element.text or "")
    media = element.findtext("Media") or ""
    return TwimlMessage(body.strip(), media.strip(), element.get("statusCallback") or "")
