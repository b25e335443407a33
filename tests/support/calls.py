"""Events of live calls as Twilio posts them, and a listener that writes down what it hears."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from ai_voice_shared.calls.live_job import LiveJob
from ai_voice_shared.calls.model import Hearing, Hint, Reaction
from ai_voice_shared.jobs import Parameters

CALL_ID = "CA00000000000000000000000000000001"
TRANSCRIPTION = "GT00000000000000000000000000000001"
RECEIVED = "2026-11-29T09:30:00.000Z"


def started(number: int = 1, second: int = 0) -> Parameters:
    """The transcription began."""
    return _event("transcription-started", number, second)


def said(
    number: int, words: str, track: str = "inbound_track", *, second: int | None = None, final: bool = True
) -> Parameters:
    """Words of a speaker; at second `number` unless another is given."""
    event = _event("transcription-content", number, number if second is None else second)
    data = {"transcript": words} | ({"confidence": 0.93} if final else {})
    return event | {
        "LanguageCode": "en-US",
        "Track": track,
        "Final": str(final).lower(),
        "TranscriptionData": json.dumps(data),
    }


def stopped(number: int, second: int | None = None) -> Parameters:
    """The transcription ended with the call."""
    return _event("transcription-stopped", number, number if second is None else second)


def live_job(fields: Parameters, call_id: str = CALL_ID, company_id: str = "acme") -> LiveJob:
    """The job that the webhook makes of an event."""
    return LiveJob(call_id, company_id, fields, RECEIVED)


def _event(kind: str, number: int, second: int) -> Parameters:
    return {
        "AccountSid": "AC00000000000000000000000000000001",
        "CallSid": CALL_ID,
        "TranscriptionSid": TRANSCRIPTION,
        "Timestamp": f"2026-11-29T09:{second // 60:02}:{second % 60:02}.000000Z",
        "SequenceId": str(number),
        "TranscriptionEvent": kind,
    }


@dataclass
class CountingListener:
    """Counts the sentences in its memory, and has a hint and a job for each that asks for the manager."""

    name: str = "counting"
    heard: list[str] = field(default_factory=list)

    def hear(self, hearing: Hearing) -> Reaction:
        """Notes the sentence."""
        self.heard.append(hearing.sentence.text)
        memory: Mapping[str, object] = hearing.memory or {}
        count = int(str(memory.get("count", 0))) + 1
        asks = "manager" in hearing.sentence.text
        number = hearing.sentence.number
        hint = Hint("escalation", f"{hearing.call.call_id}-{number}", number, {"cause": "manager", "count": count})
        return Reaction({"count": count}, (hint,) if asks else (), (f"job-{number}",) if asks else ())
