"""What Twilio tells of a call's state: the call is over, or the person whom a caller asked for did not answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.calls.asking import AskedCall, AskedCalls
from ai_voice_shared.calls.turn_job import CallTurnJob
from ai_voice_shared.domain import now
from webhook_handler.endpoint import ProvenRequest
from webhook_handler.replies import Reply
from webhook_handler.voice import speaking, twiml
from webhook_handler.voice.lines import Lines
from webhook_handler.voice.place import VoiceRequest
from webhook_handler.voice.session import Session, Sessions

_OVER = {"completed", "busy", "failed", "no-answer", "canceled"}
"""Twilio's words for calls that are over (Twilio, "Call resource")."""

_CONNECTED = {"completed", "answered"}


@dataclass(frozen=True)
class Ending:
    """Twilio's webhook for the state of a call, and what follows a `<Dial>`."""

    sessions: Sessions
    calls: AskedCalls
    queue: Queue
    lines: Lines
    clock: Callable[[], datetime] = now

    def handle(self, proven: ProvenRequest) -> Reply:
        """Records what it says; raises one of `replies.REFUSED`."""
        request = VoiceRequest.read(proven)
        call = self.calls.get(request.call_id)
        if call is None:
            return self.lines.ended(request)
        if status := request.told("DialCallStatus"):
            return self._after_dial(self.sessions.of(proven), status)
        if request.told("CallStatus") in _OVER:
            self._end(call, request.told("CallDuration"))
        return Reply(200, "noted", twiml=twiml.NOTHING)

    def _end(self, call: AskedCall, duration: str) -> None:
        """The worker counts the minutes, and sends what was not said any more."""
        seconds = int(duration) if duration.isascii() and duration.isdecimal() else 0
        self.calls.end(call.call_id, self.clock(), seconds)
        job = CallTurnJob(call.call_id, call.company_id, call.customer_id, what="ended")
        self.queue.send(job.to_json(), group=call.company_id)

    def _after_dial(self, session: Session, status: str) -> Reply:
        place = replace(session.place, silences=0, tries=0)
        if status in _CONNECTED:
            return speaking.reply("connected", twiml.hangup())
        if not session.call.proven:
            words = speaking.said(place, "call_nobody", "call_note_again")
            return speaking.reply("person-absent", *speaking.ask_for_pin(place, words))
        words = speaking.said(place, "call_nobody", "call_next")
        return speaking.reply("person-absent", *speaking.ask(place, session.company, words))
