"""What the ledger keeps of a live call: each final event with what was noticed of it, and the state between events.

An event and the state after it are one write. So a kill leaves both or neither, and an event that comes again finds
what was made of it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from pydantic import TypeAdapter

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_failures import Contended
from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.aws.ledger_writes import NEW, Put, Update, Write
from ai_voice_shared.calls.calls import Call, lasting, partition
from ai_voice_shared.calls.events import Event
from ai_voice_shared.calls.model import Hint, Sentence
from ai_voice_shared.calls.numbers import BLOCK, Numbers

_STATE, _EVENT = "state", "event#"
RECENT = 12
"""Sentences that the state holds, so that one which comes a little late still finds those before it."""

_EVENTS = TypeAdapter(Event)
_HINTS = TypeAdapter(tuple[Hint, ...])
_SENTENCES = TypeAdapter(tuple[Sentence, ...])


@dataclass(frozen=True)
class KeptEvent:
    """An event as it came, and what was made of it.

    Attributes:
        jobs: bodies for the queue of notes.
    """

    event: Event
    hints: tuple[Hint, ...] = ()
    jobs: tuple[str, ...] = ()


@dataclass(frozen=True)
class LiveState:
    """What is known of a call between two events.

    Attributes:
        version: how often it was written.
        seen: the numbers of all events that came, also of those that are not kept.
        began_at: second 0 of the transcription; None before the first event.
        transcriptions: Twilio's sids of them, as a rule one.
        recent: the last sentences, by number.
        memories: of listeners, by their names.
    """

    version: int = 0
    seen: Numbers = field(default_factory=Numbers)
    began_at: datetime | None = None
    started: bool = False
    ended: bool = False
    transcriptions: tuple[str, ...] = ()
    recent: tuple[Sentence, ...] = ()
    memories: Mapping[str, Mapping[str, object] | None] = field(default_factory=dict)

    def numbered(self, event: Event) -> tuple["LiveState", Event]:
        """The state that knows the event's transcription, and the event with its number in the call."""
        known = self.transcriptions
        if event.transcription not in known:
            known = (*known, event.transcription)
        number = known.index(event.transcription) * BLOCK + event.number
        return replace(self, transcriptions=known), replace(event, number=number)

    def before(self, number: int) -> tuple[Sentence, ...]:
        """The last six sentences before this number, oldest first."""
        return tuple(one for one in self.recent if one.number < number)[-6:]

    def heard(self, sentence: Sentence, memories: Mapping[str, Mapping[str, object] | None]) -> "LiveState":
        """The state after a sentence."""
        recent = sorted([*self.recent, sentence], key=lambda one: one.number)[-RECENT:]
        return replace(self, recent=tuple(recent), memories={**self.memories, **memories})


@dataclass(frozen=True)
class LiveRecords:
    """The records of live calls. Raises RetryLater."""

    ledger: Ledger

    def state(self, call_id: str) -> LiveState:
        """What is known of the call so far."""
        item = self.ledger.get(partition(call_id), _STATE)
        return _state(item) if item else LiveState()

    def event(self, call_id: str, number: int) -> KeptEvent | None:
        """One event that was kept, or None."""
        item = self.ledger.get(partition(call_id), _place(number))
        return _event(item) if item else None

    def events(self, call_id: str) -> Iterator[KeptEvent]:
        """All events that were kept, by number."""
        return map(_event, self.ledger.partition(partition(call_id), _EVENT))

    def keep(self, call: Call, state: LiveState, kept: KeptEvent | None = None) -> bool:
        """Writes the state that follows the one which was read, and with it the event.

        Returns False, and writes nothing, if another has written it since, or has kept the event.
        """
        writes: list[Write] = [_update(call, state)]
        if kept:
            writes.append(Put(_item(call, kept)))
        try:
            return self.ledger.write_all(writes)
        except Contended:
            return False


def hints_in(kept: Sequence[KeptEvent]) -> tuple[Hint, ...]:
    """All hints of a call, by the sentences that they are about."""
    return tuple(hint for one in kept for hint in one.hints)


def _place(number: int) -> str:
    return f"{_EVENT}{number:08}"


def _item(call: Call, kept: KeptEvent) -> Item:
    return {
        "pk": partition(call.call_id),
        "sk": _place(kept.event.number),
        "event": _EVENTS.dump_json(kept.event).decode(),
        "hints": _HINTS.dump_json(kept.hints).decode(),
        "jobs": json.dumps(kept.jobs),
        **lasting(call),
    }


def _event(item: Item) -> KeptEvent:
    return KeptEvent(
        _EVENTS.validate_json(text(item, "event")),
        _HINTS.validate_json(text(item, "hints") or "[]"),
        tuple(json.loads(text(item, "jobs") or "[]")),
    )


def _update(call: Call, state: LiveState) -> Update:
    values: Item = {
        "version": state.version + 1,
        "seen": str(state.seen),
        "began_at": state.began_at.isoformat() if state.began_at else "",
        "started": state.started,
        "ended": state.ended,
        "transcriptions": " ".join(state.transcriptions),
        "recent": json.dumps([asdict(one) for one in state.recent]),
        "memories": json.dumps(state.memories),
        **lasting(call),
    }
    known: Item = {"read": state.version} if state.version else {}
    condition = "version = :read" if known else NEW
    return Update(partition(call.call_id), _STATE, values, condition=condition, known=known)


def _state(item: Item) -> LiveState:
    began_at = text(item, "began_at")
    return LiveState(
        version=int(item["version"]),
        seen=Numbers.read(text(item, "seen")),
        began_at=datetime.fromisoformat(began_at) if began_at else None,
        started=bool(item.get("started")),
        ended=bool(item.get("ended")),
        transcriptions=tuple(text(item, "transcriptions").split()),
        recent=_SENTENCES.validate_json(text(item, "recent") or "[]"),
        memories=json.loads(text(item, "memories") or "{}"),
    )
