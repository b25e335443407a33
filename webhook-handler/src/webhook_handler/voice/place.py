"""Where a call is: what our own URLs carry from one of its requests to the next, and what Twilio says of the call."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import parse_qs, urlencode

from ai_voice_shared.artifacts import is_message_id
from ai_voice_shared.customers import identities
from ai_voice_shared.jobs import Parameters
from webhook_handler.endpoint import ProvenRequest
from webhook_handler.form import Form
from webhook_handler.replies import Malformed
from webhook_handler.request import Request
from webhook_handler.voice.voices import voice_of

PREFIX = "/twilio/voice"

_NUMBERS = ("turn", "silences", "waits", "tries", "callback")
_MOST = 999


@dataclass(frozen=True)
class Place:
    """Where a call is. Twilio signs it as a part of the URL, so it comes from our own TwiML.

    Attributes:
        base: the URL of `/twilio/voice`.
        language: BCP 47.
        turn: the number of the question that is asked, or worked on.
        silences: how often nothing was heard.
        waits: how often the caller was asked to wait for this answer.
        tries: how often this step has failed.
        callback: 1 if nobody listens to the answer.
        recording: sid of the recording that this step is about; empty for none.
    """

    base: str
    language: str = voice_of("").language
    turn: int = 1
    silences: int = 0
    waits: int = 0
    tries: int = 0
    callback: int = 0
    recording: str = ""

    @classmethod
    def of(cls, request: Request) -> Self:
        """The place in a request's URL; what is missing or unreadable has its usual value."""
        query = {name: values[0] for name, values in parse_qs(request.query).items()}
        numbers: dict[str, Any] = {name: _number(query[name]) for name in _NUMBERS if name in query}
        recording = query.get("recording", "")
        return cls(
            base=request.url.partition("?")[0].partition(PREFIX)[0] + PREFIX,
            language=voice_of(query.get("language", "")).language,
            recording=recording if is_message_id(recording) else "",
            **numbers,
        )

    def url(self, step: str, **changes: Any) -> str:
        """The URL of a step (`turn`, `wait`, …; empty for the beginning), at this place with the changes.

        Its parameters are in the order of the alphabet, because Twilio sorts those of some callbacks, and signs that.
        """
        there = replace(self, **changes)
        carried = {name: value for name in (*_NUMBERS, "recording") if (value := getattr(there, name))}
        path = f"{self.base}/{step}" if step else self.base
        return f"{path}?{urlencode(sorted({'language': there.language, **carried}.items()))}"


@dataclass(frozen=True)
class VoiceRequest:
    """A proven request about a call.

    Attributes:
        form: Twilio's parameters; of repeated ones the first.
    """

    place: Place
    form: Mapping[str, str]
    call_id: str

    @classmethod
    def read(cls, proven: ProvenRequest) -> Self:
        """The request; raises Malformed if it is about no call of ours."""
        form = {name: values[0] for name, values in Form.read(proven.request.body or b"", errors="replace").items()}
        form = {name: value for name, value in form.items() if name not in proven.unsigned}
        proven.check_account(form)
        call_id = form.get("CallSid", "")
        if not is_message_id(call_id):
            raise Malformed("there is no usable CallSid")
        proven.logged["call_id"] = call_id
        return cls(Place.of(proven.request), form, call_id)

    @property
    def caller(self) -> tuple[str, ...]:
        """The identities of the caller; none if the number is hidden."""
        parameters: Parameters = dict(self.form)
        return identities(parameters)

    @property
    def shown_number(self) -> str:
        """The number that a call in turn shows: the called one for a WhatsApp caller, whose own no telephone can show.

        Empty for other callers, whose own number is shown.
        """
        return self.told("To").removeprefix("whatsapp:") if self.told("From").startswith("whatsapp:") else ""

    def told(self, name: str) -> str:
        """A parameter; empty if it is missing."""
        return self.form.get(name, "").strip()


def _number(text: str) -> int:
    return min(int(text), _MOST) if text.isascii() and text.isdecimal() and len(text) <= len(str(_MOST)) else 0
