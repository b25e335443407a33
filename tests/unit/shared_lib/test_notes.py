"""Each company's notes, newest first, and nobody else's."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from support.account import Account

from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.domain import timestamp
from ai_voice_shared.records.note_lists import OPEN, Filter, Kind
from ai_voice_shared.records.notes import Note, Notes

ALL = Filter()


@pytest.fixture
def notes(account: Account) -> Notes:
    return Notes(account.ledger)


def _open(notes: Notes, sid: str, day: int, company_id: str = "acme", customer_id: str = "ana") -> None:
    notes.open(Note(company_id, sid, customer_id, f"2026-11-{day:02}T08:00:00.000Z", "Ana Ruiz", "voice"))


def _sids(notes: Notes, wanted: Filter = ALL, company_id: str = "acme") -> list[str]:
    return [note.message_id for note in notes.list(company_id, wanted, 100).notes]


def _walk(notes: Notes, wanted: Filter, limit: int, *, oldest_first: bool = False) -> Iterator[tuple[str, ...]]:
    after: str | None = None
    while True:
        page = notes.list("acme", wanted, limit, after, oldest_first=oldest_first)
        yield tuple(note.message_id for note in page.notes)
        after = page.next
        if after is None:
            return


def test_a_note_is_received_until_more_is_known(notes: Notes) -> None:
    _open(notes, "SM1", 1)
    note = notes.get("acme", "SM1")
    received = "2026-11-01T08:00:00.000Z"
    assert note == Note("acme", "SM1", "ana", received, "Ana Ruiz", "voice", updated_at=received)


def test_opening_a_note_again_changes_nothing(notes: Notes) -> None:
    _open(notes, "SM1", 1)
    notes.update("acme", "SM1", {"status": "filed", "title": "Valve"})
    _open(notes, "SM1", 2)
    note = notes.get("acme", "SM1")
    assert note
    assert (note.status, note.title, note.received_at) == ("filed", "Valve", "2026-11-01T08:00:00.000Z")


def test_what_was_understood_comes_back(notes: Notes) -> None:
    _open(notes, "SM1", 1)
    values: Item = {"status": "filed", "intent": "other", "duration_ms": 21_400, "artifacts": "acme/a\nacme/b"}
    notes.update("acme", "SM1", values)
    notes.step_done("acme", "SM1", "transcript", datetime(2026, 11, 1, 9, tzinfo=timezone(timedelta(hours=1))))
    note = notes.get("acme", "SM1")
    assert note
    assert (note.intent, note.duration_ms, note.artifacts) == ("other", 21_400, ("acme/a", "acme/b"))
    assert note.steps == {"transcript": "2026-11-01T08:00:00.000Z"}


def test_a_note_that_is_not_listed_is_not_brought_back_by_an_update(notes: Notes) -> None:
    notes.update("acme", "SM1", {"status": "filed"})
    notes.step_done("acme", "SM1", "transcript", datetime.now(UTC))
    assert notes.get("acme", "SM1") is None


def test_the_newest_note_comes_first(notes: Notes) -> None:
    for sid, day in (("SM1", 2), ("SM2", 3), ("SM3", 1)):
        _open(notes, sid, day)
    assert _sids(notes) == ["SM2", "SM1", "SM3"]


def test_another_company_sees_nothing(notes: Notes) -> None:
    _open(notes, "SM1", 1)
    notes.update("acme", "SM1", {"intent": "other"})
    for wanted in (ALL, Filter(intent="other"), Filter(sender="ana"), Filter(text="")):
        assert _sids(notes, wanted, "bolt") == []
    assert notes.get("bolt", "SM1") is None
    notes.update("bolt", "SM1", {"title": "theirs"})
    note = notes.get("acme", "SM1")
    assert note
    assert note.title == ""


def test_two_companies_may_know_the_same_message(notes: Notes) -> None:
    _open(notes, "SM1", 1, "acme")
    _open(notes, "SM1", 1, "bolt")
    assert _sids(notes) == _sids(notes, ALL, "bolt") == ["SM1"]


def test_filters_restrict_together(notes: Notes) -> None:
    for sid, day, customer_id, intent in (
        ("SM1", 1, "ana", "other"),
        ("SM2", 2, "ben", "other"),
        ("SM3", 3, "ben", ""),
    ):
        _open(notes, sid, day, customer_id=customer_id)
        if intent:
            notes.update("acme", sid, {"intent": intent, "title": "Straße"})
    assert _sids(notes, Filter(sender="ben")) == ["SM3", "SM2"]
    assert _sids(notes, Filter(intent="other")) == ["SM2", "SM1"]
    assert _sids(notes, Filter(intent="other", sender="ben")) == ["SM2"]
    assert _sids(notes, Filter(text="STRASSE")) == ["SM2", "SM1"]


def test_states_and_kinds_restrict_to_any_of_them(notes: Notes) -> None:
    kinds: tuple[Kind, ...] = ("voice", "text", "image", "voice")
    for number, kind in enumerate(kinds, 1):
        notes.open(Note("acme", f"SM{number}", "ana", f"2026-11-0{number}T08:00:00.000Z", "Ana Ruiz", kind))
    notes.update("acme", "SM1", {"status": "parked"})
    notes.update("acme", "SM4", {"status": "filed"})
    assert _sids(notes, Filter(statuses=("parked",))) == ["SM1"]
    assert _sids(notes, Filter(statuses=("parked", "received"))) == ["SM3", "SM2", "SM1"]
    assert _sids(notes, Filter(kinds=("voice",))) == ["SM4", "SM1"]
    assert _sids(notes, Filter(kinds=("image", "text"))) == ["SM3", "SM2"]
    assert _sids(notes, Filter(statuses=("received",), kinds=("text",), sender="ana")) == ["SM2"]


@pytest.mark.parametrize("limit", [1, 2, 3, 6])
def test_the_oldest_may_come_first(notes: Notes, limit: int) -> None:
    for day in range(1, 6):
        _open(notes, f"SM{day}", day)
    second = Filter(since=datetime(2026, 11, 2, tzinfo=UTC))
    assert [sid for page in _walk(notes, second, limit, oldest_first=True) for sid in page] == [
        "SM2",
        "SM3",
        "SM4",
        "SM5",
    ]


def test_the_few_open_notes_are_found_without_reading_the_many_filed_ones(
    notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ai_voice_shared.records.note_pages._EXAMINED_AT_MOST", 5)
    for number in range(230):
        _open(notes, f"SM{number:03}", 1 + number // 10, customer_id=("ana", "ben")[number % 2])
        if number not in {7, 150, 211, 229}:
            notes.update("acme", f"SM{number:03}", {"status": "filed", "intent": "other"})
    notes.update("acme", "SM211", {"status": "parked", "problem": "failed"})
    page = notes.list("acme", Filter(statuses=OPEN), 100)
    assert ([note.message_id for note in page.notes], page.next) == (["SM229", "SM211", "SM150", "SM007"], None)
    assert [one for one in _walk(notes, Filter(statuses=OPEN), 1) if one] == [
        (sid,) for sid in _sids(notes, Filter(statuses=OPEN))
    ]
    assert _sids(notes, Filter(statuses=("received",), sender="ana")) == ["SM150"]
    assert _sids(notes, Filter(statuses=("parked",))) == ["SM211"]


def test_a_note_leaves_the_open_ones_at_its_end_and_comes_back_when_it_is_tried_again(notes: Notes) -> None:
    _open(notes, "SM1", 1)
    for status, is_open in (
        ("waiting", 1),
        ("retrying", 1),
        ("parked", 1),
        ("filed", 0),
        ("received", 1),
        ("refused", 0),
    ):
        notes.update("acme", "SM1", {"status": status})
        assert len(_sids(notes, Filter(statuses=OPEN))) == is_open
        notes.step_done("acme", "SM1", "transcript", datetime(2026, 11, 1, tzinfo=UTC))
        assert len(_sids(notes, Filter(statuses=OPEN))) == is_open


def test_a_refiled_note_moves_to_its_new_intent(notes: Notes) -> None:
    _open(notes, "SM1", 1)
    notes.update("acme", "SM1", {"intent": "other"})
    notes.update("acme", "SM1", {"intent": "knowledge-document"})
    assert _sids(notes, Filter(intent="other")) == []
    assert _sids(notes, Filter(intent="knowledge-document")) == ["SM1"]


def test_since_is_included_and_until_is_not(notes: Notes) -> None:
    for day in (1, 2, 3):
        _open(notes, f"SM{day}", day)
    second = datetime(2026, 11, 2, 8, tzinfo=UTC)
    assert _sids(notes, Filter(since=second)) == ["SM3", "SM2"]
    assert _sids(notes, Filter(until=second)) == ["SM1"]
    assert _sids(notes, Filter(since=second, until=second)) == []


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 6])
def test_pages_show_every_note_once(notes: Notes, limit: int) -> None:
    for day in range(1, 6):
        _open(notes, f"SM{day}", day)
    shown = [sid for page in _walk(notes, ALL, limit) for sid in page]
    assert shown == ["SM5", "SM4", "SM3", "SM2", "SM1"]


def test_notes_of_the_same_instant_are_all_shown(notes: Notes) -> None:
    for sid in ("SM1", "SM2", "SM3"):
        _open(notes, sid, 1)
    assert sorted(sid for page in _walk(notes, ALL, 1) for sid in page) == ["SM1", "SM2", "SM3"]


def test_a_page_goes_on_behind_a_note_deleted_meanwhile(notes: Notes) -> None:
    for day in (1, 2, 3):
        _open(notes, f"SM{day}", day)
    first = notes.list("acme", ALL, 2)
    notes.ledger.delete("NOTE#acme", "SM2")
    assert [note.message_id for note in notes.list("acme", ALL, 2, first.next).notes] == ["SM1"]


def test_a_rare_match_is_found_past_a_query_page_and_over_several_pages(notes: Notes) -> None:
    for number in range(104):
        _open(notes, f"SM{number:03}", 1)
    notes.update("acme", "SM001", {"title": "needle"})
    notes.update("acme", "SM102", {"title": "needle"})
    assert [sid for page in _walk(notes, Filter(text="needle"), 1) for sid in page] == ["SM102", "SM001"]


def test_each_note_of_a_company_or_a_sender_comes_once_the_oldest_first_from_any_position(notes: Notes) -> None:
    for number in range(1, 5):
        _open(notes, f"SM{number}", number, customer_id="ben" if number % 2 else "ana")
    _open(notes, "SM9", 2, "bolt", "ben")
    assert [note.message_id for _, note in notes.each("acme")] == ["SM1", "SM2", "SM3", "SM4"]
    found = list(notes.each("acme", "ben"))
    assert [note.message_id for _, note in found] == ["SM1", "SM3"]
    assert [note.message_id for _, note in notes.each("acme", "ben", found[0][0])] == ["SM3"]
    assert list(notes.each("acme", "nobody")) == []


def _changed(notes: Notes, since: datetime, limit: int = 100, wanted: Filter = ALL) -> Iterator[list[str]]:
    after: str | None = None
    while True:
        page = notes.changed("acme", wanted, since, limit, after)
        yield [note.message_id for note in page.notes]
        after = page.next
        if after is None:
            return


def test_a_step_is_no_change_and_all_else_is(notes: Notes) -> None:
    _open(notes, "SM1", 1)
    notes.step_done("acme", "SM1", "transcript", datetime(2026, 11, 1, 9, tzinfo=UTC))
    note = notes.get("acme", "SM1")
    assert note
    assert note.updated_at == "2026-11-01T08:00:00.000Z"
    before = timestamp(datetime.now(UTC))
    notes.update("acme", "SM1", {"status": "filed"})
    note = notes.get("acme", "SM1")
    assert note
    assert before <= note.updated_at <= timestamp(datetime.now(UTC))


def test_of_a_note_that_an_earlier_release_left_the_last_change_is_read_from_its_steps(notes: Notes) -> None:
    _open(notes, "SM1", 1)
    notes.ledger.update("NOTE#acme", "SM1", {"step_artifacts": "2026-11-01T09:00:00.000Z"}, remove=("updated_at",))
    note = notes.get("acme", "SM1")
    assert note
    assert note.updated_at == "2026-11-01T09:00:00.000Z"
    assert list(_changed(notes, datetime(2000, 1, 1, tzinfo=UTC))) == [[]]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5])
def test_changed_notes_come_in_the_order_of_their_last_changes(notes: Notes, limit: int) -> None:
    for day in range(1, 6):
        _open(notes, f"SM{day}", day)
    for sid in ("SM4", "SM1"):
        notes.update("acme", sid, {"title": "Valve"})
    _open(notes, "SM9", 2, "bolt")
    third = datetime(2026, 11, 3, 8, tzinfo=UTC)
    assert [sid for page in _changed(notes, third, limit) for sid in page] == ["SM3", "SM5", "SM4", "SM1"]


def test_a_note_that_changes_while_pages_are_read_comes_again_and_no_note_is_missed(notes: Notes) -> None:
    for day in range(1, 5):
        _open(notes, f"SM{day}", day)
    since = datetime(2026, 11, 1, tzinfo=UTC)
    shown: list[str] = []
    for page in _changed(notes, since, 2):
        if not shown:
            notes.update("acme", "SM1", {"status": "filed"})
            notes.update("acme", "SM4", {"status": "filed"})
            notes.forget("acme", "SM3")
        shown += page
    assert shown == ["SM1", "SM2", "SM1", "SM4"]


def test_changed_notes_are_filtered_as_others_are(notes: Notes) -> None:
    for day in range(1, 5):
        _open(notes, f"SM{day}", day, customer_id="ben" if day % 2 else "ana")
        notes.update("acme", f"SM{day}", {"intent": "other" if day < 4 else "job-to-be-done", "title": f"Valve {day}"})
    since, second = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 11, 2, 8, tzinfo=UTC)

    def changed(**wanted: Any) -> list[str]:
        return [sid for page in _changed(notes, since, 1, Filter(**wanted)) for sid in page]

    assert changed(sender="ben") == ["SM1", "SM3"]
    assert changed(intent="other", sender="ana") == ["SM2"]
    assert changed(text="valve 4") == ["SM4"]
    assert changed(since=second) == ["SM2", "SM3", "SM4"]
    assert changed(until=second) == ["SM1"]
    assert changed(statuses=("received",), kinds=("text",)) == []
