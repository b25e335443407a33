"""A call to a company's own line: the announcement, and then its agent."""

from dataclasses import dataclass
from typing import Protocol

from ai_voice_shared.calls.company_calls import Line
from ai_voice_shared.domain import Company
from webhook_handler.replies import Reply
from webhook_handler.voice import speaking, twiml, voices
from webhook_handler.voice.place import Place, VoiceRequest

_RINGS = 30
"""Seconds until nobody answers."""

_CONNECTED = {"completed", "answered"}


class Lines(Protocol):
    """What becomes of calls to a company's own lines."""

    def bridge(self, request: VoiceRequest, company: Company, line: Line) -> Reply:
        """Connects the caller with the line's agent."""
        ...

    def ended(self, request: VoiceRequest) -> Reply:
        """A call that nobody asked in is over, or one of its parts is."""
        ...


@dataclass(frozen=True)
class PlainLines:
    """Connects callers with agents, and does nothing else."""

    def bridge(self, request: VoiceRequest, company: Company, line: Line) -> Reply:
        """Says the announcement, and calls the line's agent."""
        place = Place(request.place.base, voices.spoken(company.languages))
        announcement = [twiml.say(company.calls.announcement, place.language)] if company.calls.announcement else []
        dial = twiml.dial(line.agent, place.url("status"), timeout=str(_RINGS), callerId=request.shown_number)
        return speaking.reply("bridged", *announcement, dial)

    def ended(self, request: VoiceRequest) -> Reply:
        """Says so if the agent did not answer."""
        status = request.told("DialCallStatus")
        if not status or status in _CONNECTED:
            return speaking.reply("ended", *([twiml.hangup()] if status else []))
        return speaking.reply("agent-absent", *speaking.goodbye(request.place, "call_nobody"))
