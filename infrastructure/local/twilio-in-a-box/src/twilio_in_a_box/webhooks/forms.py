"""The parameters of a webhook that announces a message, as WhatsApp and Twilio fill them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from twilio_in_a_box.account.messages import ACCOUNT_SID


@dataclass(frozen=True)
class Sender:
    """Who sends: by phone number, or, with a WhatsApp username, by an id that hides the number.

    Attributes:
        external_id: WhatsApp's id of a user for one business (BSUID); empty where the number is shown.
    """

    number: str
    name: str = ""
    external_id: str = ""

    @property
    def address(self) -> str:
        """What `From` says."""
        return f"whatsapp:{self.external_id or self.number}"

    def parameters(self) -> dict[str, str]:
        """What a webhook says about the sender."""
        said = {"ProfileName": self.name}
        if self.external_id:
            said |= {"ExternalUserId": self.external_id, "ProfileUsername": self.name.lower().replace(" ", ".")}
        else:
            said["WaId"] = self.number.removeprefix("+")
        context = {name: said[name] for name in ("ProfileName", "WaId") if name in said}
        channel = {"type": "whatsapp", "data": {"context": context}}
        return said | {"ChannelMetadata": json.dumps(channel, separators=(",", ":"))}


def inbound(
    sid: str, sender: Sender, our_number: str, text: str, content_type: str, more: Mapping[str, str]
) -> dict[str, str]:
    """The parameters of a message from a phone, without its file (Twilio, "Webhook request").

    `more` are parameters of only one kind of message, such as a place's `Latitude`.
    """
    sids = dict.fromkeys(("MessageSid", "SmsSid", "SmsMessageSid"), sid)
    parties = {"AccountSid": ACCOUNT_SID, "From": sender.address, "To": our_number}
    what = {"Body": text, "NumMedia": "0", "NumSegments": "1", "MessageType": _message_type(content_type, more)}
    always = {"SmsStatus": "received", "ApiVersion": "2010-04-01"}
    return {**sids, **parties, **what, **always, **sender.parameters(), **more}


def _message_type(content_type: str, more: Mapping[str, str]) -> str:
    """What Twilio calls a message: by its place, press or file, else it is a text."""
    for parameter, kind in (("Latitude", "location"), ("ButtonPayload", "button"), ("ListId", "interactive")):
        if parameter in more:
            return kind
    if content_type.startswith("text/") and "card" in content_type:
        return "contacts"
    main = content_type.partition("/")[0]
    if main in {"audio", "video", "image"}:
        return main
    return "document" if main else "text"
