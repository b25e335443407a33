"""A call comes in: a company's line is bridged; a known caller is greeted, or asked for a PIN."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from ai_voice_shared.calls.asking import AskedCall, AskedCalls, KnownAs
from ai_voice_shared.calls.pins import Pins
from ai_voice_shared.customers import CustomerLookup, IdentifiedSender
from ai_voice_shared.domain import Company, now, timestamp
from webhook_handler.endpoint import ProvenRequest
from webhook_handler.replies import Reply
from webhook_handler.voice import speaking, voices
from webhook_handler.voice.lines import Lines
from webhook_handler.voice.place import VoiceRequest

_WHATSAPP = "whatsapp:"
_FULL = "TN-Validation-Passed-A"
"""The carrier knows the caller, and that they may use this number (Twilio, "Trusted calling with STIR/SHAKEN"). One
that was diverted on its way has another word, and does not count."""


@dataclass(frozen=True)
class IncomingCalls:
    """Twilio's webhook for a call that comes in."""

    customers: CustomerLookup
    calls: AskedCalls
    pins: Pins
    lines: Lines
    clock: Callable[[], datetime] = now

    def handle(self, proven: ProvenRequest) -> Reply:
        """Greets the caller; raises one of `replies.REFUSED`."""
        request = VoiceRequest.read(proven)
        if line := self.customers.line(request.told("To")):
            proven.logged["company_id"] = line[0].company_id
            return self.lines.bridge(request, *line)
        known = self.customers.find(request.caller) if request.caller else None
        if known is None:
            place = replace(request.place, language=voices.of_country(request.told("From")))
            goodbye = speaking.goodbye(place, "call_unknown")
            return speaking.reply("unknown-caller", *goodbye, metric="UnknownCaller")
        proven.logged["company_id"] = known.company.company_id
        return self._greet(request, known)

    def _greet(self, request: VoiceRequest, known: IdentifiedSender) -> Reply:
        place = replace(request.place, language=voices.spoken(known.company.languages, request.told("From")))
        call = self.calls.begin(self._call(request, known, place.language))
        hello = {"caller": speaking.name_of(known.customer.name)}
        if call.proven:
            keys = ["call_person_key"] if known.company.calls.person else []
            greeting = speaking.said(place, "call_hello", "call_ask", *keys, **hello)
            return speaking.reply("greeted", *speaking.ask(place, known.company, greeting))
        state = self.pins.state(call.company_id, call.customer_id)
        words = {"open": "call_pin", "locked": "call_pin_locked", "none": "call_pin_none"}[state]
        asking = speaking.ask_for_pin(place, speaking.said(place, "call_hello", words, **hello))
        return speaking.reply("needs-pin", *asking)

    def _call(self, request: VoiceRequest, known: IdentifiedSender, language: str) -> AskedCall:
        return AskedCall(
            call_id=request.call_id,
            company_id=known.company.company_id,
            customer_id=known.customer.customer_id,
            our_number=request.told("To"),
            number=request.told("From"),
            known_as=known_as(request, known.company),
            language=language,
            started_at=timestamp(self.clock()),
        )


def known_as(request: VoiceRequest, company: Company) -> KnownAs:
    """What proves who calls; a PIN comes later."""
    if request.told("From").startswith(_WHATSAPP):
        return "whatsapp"
    if company.calls.accepts_attestation and request.told("StirVerstat") == _FULL:
        return "attested"
    return "number"
