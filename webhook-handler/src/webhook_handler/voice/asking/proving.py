"""A caller whose number proves nothing enters their PIN, or leaves a note, or speaks to somebody."""

import re
from dataclasses import dataclass, replace

from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.calls.asking import AskedCalls
from ai_voice_shared.calls.pins import Pins
from ai_voice_shared.calls.turn_job import CallTurnJob
from webhook_handler.endpoint import ProvenRequest
from webhook_handler.replies import Reply
from webhook_handler.voice import speaking
from webhook_handler.voice.asking.wanted import KEYS
from webhook_handler.voice.session import Session, Sessions

_PIN = re.compile("[0-9]{4,8}")
_SILENCES = 3


@dataclass(frozen=True)
class Proving:
    """Takes PINs."""

    sessions: Sessions
    calls: AskedCalls
    pins: Pins
    queue: Queue

    def handle(self, proven: ProvenRequest) -> Reply:
        """Lets the caller ask once the PIN is right; raises one of `replies.REFUSED`."""
        session = self.sessions.of(proven)
        digits = session.request.told("Digits")
        if session.call.proven:
            return self._open(session)
        if _PIN.fullmatch(digits):
            return self._check(session, digits)
        match KEYS.get(digits):
            case "note":
                return speaking.reply("records", *speaking.record(session.place))
            case "person":
                return speaking.reply("connects", *speaking.connect(session.place, session.company, session.call))
            case _:
                return self._again(session, "call_pin_wrong" if digits else "call_pin")

    def _check(self, session: Session, pin: str) -> Reply:
        call = session.call
        match self.pins.check(call.company_id, call.customer_id, pin):
            case "right":
                self.calls.prove(call.call_id)
                return self._open(session)
            case "wrong":
                return self._again(session, "call_pin_wrong", metric="PinWrong")
            case "none":
                return self._again(session, "call_pin_none")
            case "locked":
                job = CallTurnJob(call.call_id, call.company_id, call.customer_id, what="locked")
                self.queue.send(job.to_json(), group=call.company_id)  # told once, however often it is sent
                return self._again(session, "call_pin_locked", metric="PinLocked")

    def _open(self, session: Session) -> Reply:
        place = replace(session.place, silences=0, tries=0)
        keys = ["call_person_key"] if session.company.calls.person else []
        return speaking.reply("proven", *speaking.ask(place, session.company, speaking.said(place, "call_ask", *keys)))

    def _again(self, session: Session, name: str, metric: str = "") -> Reply:
        """Every try without the right PIN counts as a silence, so that no call lasts for ever."""
        silences = session.place.silences + 1
        if silences > _SILENCES:
            return speaking.reply("silent", *speaking.goodbye(session.place), metric="CallSilent")
        place = replace(session.place, silences=silences, tries=0)
        return speaking.reply("needs-pin", *speaking.ask_for_pin(place, speaking.said(place, name)), metric=metric)
