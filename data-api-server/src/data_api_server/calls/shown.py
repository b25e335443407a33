"""How a call is shown."""

from dataclasses import asdict

from ai_voice_shared.calls.calls import Call
from ai_voice_shared.calls.live_records import LiveRecords, hints_in
from ai_voice_shared.calls.model import Hint, HintKind
from ai_voice_shared.calls.transcript import transcript
from data_api_server.calls.models import CallDetail, CallGap, CallHint, CallSentence, CallSummary


def short(call: Call) -> CallSummary:
    """As in a list."""
    texts = ("customer", "customer_id", "customer_name", "known", "line", "agent", "agent_name", "language", "ended_at")
    return CallSummary(
        call_id=call.call_id,
        kind=call.kind,
        status=call.status,
        started_at=call.started_at,
        note_id=call.call_id if call.status == "filed" else None,
        **{name: getattr(call, name) or None for name in texts},
    )


def whole(records: LiveRecords, call: Call) -> CallDetail:
    """With all that was said and noticed; its cost depends on the length of the call alone."""
    kept, state = list(records.events(call.call_id)), records.state(call.call_id)
    said, hints = transcript((one.event for one in kept), state.seen), hints_in(kept)
    return CallDetail(
        **short(call).model_dump(),
        transcribing=state.started and not state.ended and call.status == "live",
        problem=said.problem or None,
        sentences=[CallSentence(**asdict(one)) for one in said.sentences],
        gaps=[CallGap(**asdict(gap)) for gap in said.gaps],
        hints=_of(hints, "keyword"),
        course=_of(hints, "sentiment"),
        escalations=_of(hints, "escalation", "recovered"),
        talk_seconds=dict(said.talk_seconds),
    )


def _of(hints: tuple[Hint, ...], *kinds: HintKind) -> list[CallHint]:
    return [CallHint.model_validate(asdict(hint)) for hint in hints if hint.kind in kinds]
