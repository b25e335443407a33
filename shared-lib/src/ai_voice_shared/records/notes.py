"""Each company's notes as the ledger has them: what is kept of one, and how it changes."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.aws.ledger_writes import THERE, Update
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.errors import reason
from ai_voice_shared.records import note_pages
from ai_voice_shared.records.note_lists import (
    KINDS,
    OPEN,
    STATUSES,
    STEP,
    Filter,
    Kind,
    Stage,
    Status,
    key_of,
    stage_of,
    steps_in,
)
from ai_voice_shared.telemetry import log

UNDER_WAY = "under-way"


@dataclass(frozen=True)
class Note:
    """One message and its note.

    Attributes:
        steps: when each step was done (ISO 8601, UTC).
        artifacts: S3 keys.
        problem: why it was refused, waits, is retried or was parked; never text of the message.
        details: of a refusal: the values for the placeholders of its phrase.
        waits_until: when it is tried next (ISO 8601, UTC); empty if it does not wait.
        updated_at: when it last changed (ISO 8601, UTC); steps and replies do not count. For a note that has not
            changed since an older release, which did not keep this: when it was corrected, filed or received.
        archived_at: when it was put aside (ISO 8601, UTC); empty if it was not. A search finds it all the same.
        corrected_by: what the company calls the key with which it was last corrected, or its sender who did so by a
            reply; empty if it never was.
        parked_at: when it was parked last (ISO 8601, UTC); empty if it never was. It may be filed since then.
        caller: of a note by phone, how its caller was known (`ai_voice_shared.calls.asking.KnownAs`); empty otherwise.
        understanding: `under-way` (and its request, after a `#`) while corrected words are being understood again;
            `failed` or `over-budget` if that was not possible; otherwise empty.
    """

    company_id: str
    message_id: str
    customer_id: str
    received_at: str
    sender_name: str = ""
    kind: Kind = "other"
    status: Status = "received"
    intent: str = ""
    tag: str = ""
    title: str = ""
    summary: str = ""
    language: str = ""
    duration_ms: int = 0
    artifacts: tuple[str, ...] = ()
    problem: str = ""
    details: dict[str, str] = field(default_factory=dict)
    waits_until: str = ""
    updated_at: str = ""
    understanding: str = ""
    archived_at: str = ""
    corrected_by: str = ""
    parked_at: str = ""
    caller: str = ""
    steps: dict[str, str] = field(default_factory=dict)

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        return stage_of(self.status, self.steps)


@dataclass(frozen=True)
class Page:
    """Some notes in their order; `next` continues the list where there may be more."""

    notes: tuple[Note, ...]
    next: str | None


@dataclass(frozen=True)
class NoteChange:
    """Something that happened to a note.

    Attributes:
        values: those attributes of its item that changed, as they are now; empty when the note was erased.
    """

    company_id: str
    message_id: str
    values: Item


type Subscriber = Callable[[NoteChange], None]
"""Hears of a change in the process that wrote it, once it is written. It is a hint: a killed process tells nobody."""


@dataclass(frozen=True)
class Notes:
    """The notes of all companies. Every method needs the company and sees only its notes.

    All changes of notes are made here.

    Attributes:
        subscribers: they hear of each change. One that fails harms neither the note nor the others.
        must_hear: they hear first, and their failure is raised: whoever wrote the note then does its work again.
    """

    ledger: Ledger
    subscribers: tuple[Subscriber, ...] = ()
    must_hear: tuple[Subscriber, ...] = ()

    def open(self, note: Note) -> None:
        """Lists the note as received, unless it is listed already."""
        item: Item = key_of(note.company_id, note.message_id) | {
            "listed_company": note.company_id,
            "listed_open": note.company_id,
            "listed_sender": f"{note.company_id}#{note.customer_id}",
            "listed_at": f"{note.received_at}#{note.message_id}",
            "customer_id": note.customer_id,
            "received_at": note.received_at,
            "updated_at": note.received_at,
            "sender_name": note.sender_name,
            "kind": note.kind,
            "status": note.status,
            **({"caller": note.caller} if note.caller else {}),
        }
        if self.ledger.put_new(item):
            self._publish(note.company_id, note.message_id, item)

    def update(self, company_id: str, message_id: str, values: Item) -> None:
        """Sets attributes of a listed note; an intent or a status moves it into that list, a status may end a wait."""
        self.ledger.exchange(self.updating(company_id, message_id, values))

    def updating(self, company_id: str, message_id: str, values: Item) -> Update:
        """The write that does so; it does nothing to a note that is not listed."""
        if "intent" in values:
            values = values | {"listed_intent": f"{company_id}#{text(values, 'intent')}"}
        if not all(name.startswith(STEP) for name in values):
            values = values | {"updated_at": timestamp(now())}
        over = [name for name in ("waits_until",) if name not in values and "status" in values]
        if values.get("status") in OPEN:
            values = values | {"listed_open": company_id}
        elif "status" in values:
            over.append("listed_open")
        key = key_of(company_id, message_id)
        changed = partial(self._publish, company_id, message_id, values | dict.fromkeys(over, ""))
        return Update(str(key["pk"]), str(key["sk"]), values, condition=THERE, remove=tuple(over), then=changed)

    def begin_change(self, note: Note, understanding: str | None = None, by: str | None = None) -> bool:
        """Records that the note changes now, before it does; False if it has changed since `note` was read.

        If two requests change the same state, only one may go on. The note shows `understanding` from now on, if it is
        not None, and names `by` as the key that corrected it.
        """
        later = datetime.fromisoformat(note.updated_at) + timedelta(milliseconds=1)
        at = max(timestamp(now()), timestamp(later))
        named = f"{UNDER_WAY}#{at}" if understanding == UNDER_WAY else understanding
        shown: Item = {} if named is None else {"understanding": named}
        shown |= {} if by is None else {"corrected_by": by}
        seen: Item = {"seen": note.updated_at}
        unchanged = "attribute_exists(pk) AND (attribute_not_exists(updated_at) OR updated_at = :seen)"
        return self._change(note, {"updated_at": at, **shown}, unchanged, seen)

    def end_understanding(self, note: Note, outcome: str) -> None:
        """Shows the result of the request in `note`, unless there is a newer request."""
        over: Item = {"problem": ""} if not outcome and note.problem == "not_understood" else {}
        values: Item = {"understanding": outcome, "updated_at": timestamp(now()), **over}
        self._change(note, values, "understanding = :asked", {"asked": note.understanding})

    def try_again(self, note: Note) -> None:
        """Shows a parked note as received, unless it has changed since `note` was read: then it is in work already."""
        values: Item = {"status": "received", "problem": "", "updated_at": timestamp(now())}
        self._change(note, values, "updated_at = :seen", {"seen": note.updated_at})

    def step_done(self, company_id: str, message_id: str, step: str, moment: datetime) -> None:
        """Records when a step was done."""
        self.update(company_id, message_id, with_times({}, {step: timestamp(moment)}))

    def get(self, company_id: str, message_id: str) -> Note | None:
        """The note, or None if this company does not have it."""
        key = key_of(company_id, message_id)
        item = self.ledger.get(str(key["pk"]), str(key["sk"]))
        return _note(item) if item else None

    def forget(self, company_id: str, message_id: str) -> None:
        """Removes the note from all lists, for good; a missing one is no error."""
        key = key_of(company_id, message_id)
        self.ledger.delete(str(key["pk"]), str(key["sk"]))
        self._publish(company_id, message_id, {})

    def each(self, company_id: str, customer_id: str = "", after: str = "") -> Iterator[tuple[str, Note]]:
        """All notes of the company, or of one sender, the oldest first: each with the position to go on behind."""
        for position, item in note_pages.each(self.ledger, company_id, customer_id, after):
            yield position, _note(item)

    def list(
        self, company_id: str, wanted: Filter, limit: int, after: str | None = None, *, oldest_first: bool = False
    ) -> Page:
        """At most `limit` notes behind `after` (a page's `next`), newest first unless asked otherwise.

        A filtered page may have fewer notes although the list goes on.
        """
        return _page(*note_pages.received(self.ledger, company_id, wanted, limit, after, oldest_first=oldest_first))

    def changed(self, company_id: str, wanted: Filter, since: datetime, limit: int, after: str | None = None) -> Page:
        """At most `limit` notes that changed at `since` (UTC) or later, in the order of their last changes.

        A filtered page may have fewer notes although the list goes on. A note that changes in between comes again,
        later. A note that has not changed since an older release, which did not keep `updated_at`, does not come.
        """
        return _page(*note_pages.changed(self.ledger, company_id, wanted, since, limit, after))

    def _change(self, note: Note, values: Item, condition: str, known: Item) -> bool:
        """Whether the condition held and the note has these values now."""
        key = key_of(note.company_id, note.message_id)
        changed = self.ledger.update(str(key["pk"]), str(key["sk"]), values, condition=condition, known=known)
        if changed:
            self._publish(note.company_id, note.message_id, values)
        return changed

    def _publish(self, company_id: str, message_id: str, values: Item) -> None:
        for subscriber in self.must_hear:
            subscriber(NoteChange(company_id, message_id, values))
        for subscriber in self.subscribers:
            try:
                subscriber(NoteChange(company_id, message_id, values))
            except Exception as error:  # noqa: BLE001 - a hint that is lost loses no note
                log("subscriber failed", message_id=message_id, reason=reason(error))


def with_times(values: Item, times: Mapping[str, str]) -> Item:
    """What to set of a note, with when its steps were done (ISO 8601, UTC), by step."""
    return values | {STEP + step: at for step, at in times.items()}


def _page(items: Iterable[Item], go_on: str | None) -> Page:
    return Page(tuple(map(_note, items)), go_on)


def _note(item: Item) -> Note:
    return Note(
        company_id=text(item, "listed_company"),
        message_id=text(item, "sk"),
        customer_id=text(item, "customer_id"),
        received_at=text(item, "received_at"),
        sender_name=text(item, "sender_name"),
        kind=next(kind for kind in KINDS if kind == text(item, "kind")),
        status=next(status for status in STATUSES if status == text(item, "status")),
        intent=text(item, "intent"),
        tag=text(item, "tag"),
        title=text(item, "title"),
        summary=text(item, "summary"),
        language=text(item, "language"),
        duration_ms=int(item.get("duration_ms", 0)),
        artifacts=tuple(key for key in text(item, "artifacts").split("\n") if key),
        problem=text(item, "problem"),
        details=json.loads(text(item, "details") or "{}"),
        waits_until=text(item, "waits_until"),
        updated_at=_updated_at(item),
        understanding=text(item, "understanding"),
        archived_at=text(item, "archived_at"),
        corrected_by=text(item, "corrected_by"),
        parked_at=text(item, "parked_at"),
        caller=text(item, "caller"),
        steps=steps_in(item),
    )


def _updated_at(item: Item) -> str:
    names = ("updated_at", f"{STEP}corrected", f"{STEP}artifacts", "received_at")
    return next(filter(None, (text(item, name) for name in names)), "")
