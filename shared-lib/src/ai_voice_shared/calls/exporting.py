"""What a company's export has of its calls: with whom, when, and what was said. What was filed is with its note."""

from dataclasses import asdict
from typing import Any

from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.live_records import LiveRecords, hints_in
from ai_voice_shared.calls.transcript import transcript

_NOT_TOLD = {"company_id"}


def exported(calls: Calls, company_id: str) -> list[dict[str, Any]]:
    """All that are kept, the oldest first."""
    return [_told(calls, call) for call in calls.every(company_id)]


def _told(calls: Calls, call: Call) -> dict[str, Any]:
    fields = {name: value for name, value in asdict(call).items() if name not in _NOT_TOLD}
    records = LiveRecords(calls.ledger)
    kept, state = list(records.events(call.call_id)), records.state(call.call_id)
    said = transcript((one.event for one in kept), state.seen)
    return fields | {
        "sentences": [asdict(sentence) for sentence in said.sentences],
        "gaps": [asdict(gap) for gap in said.gaps],
        "hints": [asdict(hint) for hint in hints_in(kept)],
    }
