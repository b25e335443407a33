"""What was said in a call, as the words of a note, and what is kept with the note: gaps, hints, who spoke how long."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.live_records import KeptEvent, LiveRecords, hints_in
from ai_voice_shared.calls.model import Hint, Sentence, Speaker
from ai_voice_shared.calls.transcript import CallTranscript, transcript
from ai_voice_shared.domain import Segment, Transcript, now
from ai_voice_shared.errors import DeadLetter, TellSender, Wait
from ai_voice_shared.intents import Intent
from voice_parser.talks.points import points

_MAY_COME = timedelta(seconds=15)
"""For so long after a call, events that are missing may still come."""
_AGAIN = 5
"""Seconds until we look again."""

ENGINE = "twilio"
"""Who transcribed; its minutes are counted as those of calls."""


@dataclass(frozen=True)
class TalkWords:
    """Reads calls from the ledger. The result of a step stays with the note when these records have expired."""

    calls: Calls
    records: LiveRecords

    def read(self, company_id: str, call_id: str) -> Transcript:
        """The words of the call; raises Wait while missing ones may come, TellSender without any, or DeadLetter."""
        call, kept = self._kept(company_id, call_id)
        said = self._said(call_id, kept)
        if said.gaps and call.ended_at and now() - datetime.fromisoformat(call.ended_at) < _MAY_COME:
            raise Wait("events of the call are missing", _AGAIN)
        if not said.sentences:
            raise TellSender("no_speech")
        names = speakers(call)
        segments = tuple(_segment(one, names) for one in said.sentences)
        return Transcript(
            text=" ".join(one.text for one in segments),
            segments=segments,
            language=call.language or None,
            duration=_lasted(call, said),
            times="events",
            engine=ENGINE,
        )

    def about(self, company_id: str, call_id: str, note: Intent) -> dict[str, Any]:
        """What analysis.json has of the call; raises DeadLetter."""
        call, kept = self._kept(company_id, call_id)
        said, hints = self._said(call_id, kept), hints_in(kept)
        return {
            "customer": call.customer,
            "agent": call.agent,
            "line": call.line,
            "speakers": speakers(call),
            "started_at": call.started_at,
            "ended_at": call.ended_at,
            "talk_seconds": dict(said.talk_seconds),
            "points": points(note),
            "gaps": [asdict(gap) for gap in said.gaps],
            "hits": [asdict(hint) for hint in hints if hint.kind == "keyword"],
            "course": [_felt(hint) for hint in hints if hint.kind == "sentiment"],
            "escalations": [asdict(hint) for hint in hints if hint.kind in {"escalation", "recovered"}],
        }

    def _kept(self, company_id: str, call_id: str) -> tuple[Call, list[KeptEvent]]:
        call = self.calls.get(company_id, call_id)
        if call is None:
            raise DeadLetter("the call is not known, or its records have expired")
        return call, list(self.records.events(call_id))

    def _said(self, call_id: str, kept: Sequence[KeptEvent]) -> CallTranscript:
        return transcript((one.event for one in kept), self.records.state(call_id).seen)


def speakers(call: Call) -> dict[Speaker, str]:
    """What the speakers are called in the note."""
    return {"customer": call.customer_name or "customer", "agent": call.agent_name or "agent"}


def _segment(sentence: Sentence, names: dict[Speaker, str]) -> Segment:
    return Segment(sentence.start, sentence.end, sentence.text, names[sentence.speaker])


def _lasted(call: Call, said: CallTranscript) -> float:
    """Seconds from the transcription's beginning to the end of the call, or of the last word."""
    last = max((one.end for one in said.sentences), default=0.0)
    if not (call.ended_at and said.began_at):
        return last
    return round(max(last, (datetime.fromisoformat(call.ended_at) - said.began_at).total_seconds()), 3)


def _felt(hint: Hint) -> dict[str, object]:
    return {"number": hint.number, **hint.content}
