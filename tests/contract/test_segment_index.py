"""What a search index does, for the one in memory and for the real one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.account import Account, open_account
from support.indexes import FakeIndexes

from ai_voice_shared.domain import Segment
from ai_voice_shared.search.model import IndexedNote, Scope
from ai_voice_shared.search.segment_index import SegmentIndexes


def in_memory(_account: Account, _folder: Path) -> SegmentIndexes:
    return FakeIndexes()


def on_s3(account: Account, folder: Path) -> SegmentIndexes:
    return SegmentIndexes(account.store, folder)


@pytest.fixture(params=[in_memory, on_s3])
def indexes(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SegmentIndexes]:
    opens: Callable[[Account, Path], SegmentIndexes] = request.param
    with open_account() as account:
        yield opens(account, tmp_path)


def note(sid: str, *texts: str, sender: str = "ana") -> IndexedNote:
    segments = tuple(Segment(place * 10.0, place * 10 + 9.0, text) for place, text in enumerate(texts))
    return IndexedNote(sid, "job-to-be-done", sender, sender.title(), "2026-11-20T09:12:04.000Z", "en", segments)


BOILER = note("SM1", "The boiler on Elm Street loses pressure.", "Ben orders the valve.")
GARDEN = note("SM2", "The roses want water, and the lawn too.", sender="ben")


def found(indexes: SegmentIndexes, question: str, scope: Scope = Scope(), company_id: str = "acme") -> set[str]:  # noqa: B008 - frozen
    return {hit.message_id for hit in indexes.search(company_id, question, scope)}


def test_an_added_note_is_found_by_its_words_alone(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [BOILER, GARDEN])
    assert found(indexes, "boiler") == {"SM1"}
    assert found(indexes, "roses") == {"SM2"}
    assert found(indexes, "elephant") == set()


def test_a_hit_covers_the_segment_that_says_it(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [BOILER])
    (hit, *_) = indexes.search("acme", "valve")
    assert 0 <= hit.first <= 1 <= hit.last <= 1
    assert hit.score > 0


def test_a_note_added_again_replaces_itself(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [BOILER])
    indexes.change("acme", [replace(BOILER, segments=(Segment(0, 1, "The pump drips."),))])
    assert found(indexes, "boiler") == set()
    assert len(indexes.search("acme", "pump")) == 1


def test_a_removed_note_is_not_found_and_an_unknown_one_no_error(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [BOILER, GARDEN])
    indexes.change("acme", [], ["SM1", "SM404"])
    assert found(indexes, "boiler") == set()
    assert found(indexes, "roses") == {"SM2"}


def test_a_company_finds_nothing_of_anothers(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [BOILER])
    indexes.change("bolt", [GARDEN])
    assert found(indexes, "roses") == set()
    assert found(indexes, "roses", company_id="bolt") == {"SM2"}


def test_a_company_without_an_index_finds_nothing(indexes: SegmentIndexes) -> None:
    assert indexes.search("acme", "boiler") == []
    assert indexes.version("acme") == ""


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), {"SM1", "SM2", "SM3"}),
        (Scope(intent="other"), {"SM3"}),
        (Scope(sender="ben"), {"SM2"}),
        (Scope(since="2026-11-20T09:12:04.000Z"), {"SM1", "SM2"}),
        (Scope(until="2026-11-20T09:12:04.000Z"), {"SM3"}),
        (Scope(notes=("SM1", "SM3")), {"SM1", "SM3"}),
        (Scope(sender="ben", notes=("SM1",)), set()),
    ],
)
def test_a_scope_restricts(indexes: SegmentIndexes, scope: Scope, expected: set[str]) -> None:
    old = replace(note("SM3", "An old pump"), intent="other", received_at="2026-11-19T09:12:04.000Z")
    indexes.change("acme", [note("SM1", "A pump"), note("SM2", "Another pump", sender="ben"), old])
    assert found(indexes, "pump", scope) == expected


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), ["SM2", "SM1", "SM3"]),
        (Scope(until="2026-11-20T10:00:00.000Z"), ["SM1", "SM3"]),
        (Scope(sender="ben"), ["SM2"]),
        (Scope(since="2026-12-01T00:00:00.000Z"), []),
    ],
)
def test_the_newest_notes_in_scope_are_found_whatever_they_say(
    indexes: SegmentIndexes, scope: Scope, expected: list[str]
) -> None:
    old = replace(note("SM3", "An old pump"), received_at="2026-11-19T09:12:04.000Z")
    new = replace(note("SM2", "Roses", sender="ben"), received_at="2026-11-21T09:12:04.000Z")
    indexes.change("acme", [old, new, note("SM1", "A boiler")])
    assert [hit.message_id for hit in indexes.newest("acme", scope)] == expected
    assert len(indexes.newest("acme", scope, 1)) == min(1, len(expected))
    assert indexes.newest("bolt", scope) == []


def test_no_more_hits_than_asked_for_the_best_first(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [note(f"SM{number}", "A pump drips") for number in range(5)])
    hits = indexes.search("acme", "pump", limit=3)
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_version_changes_with_the_index(indexes: SegmentIndexes) -> None:
    versions = {indexes.version("acme")}
    for change in ([BOILER], [GARDEN]):
        indexes.change("acme", change)
        versions.add(indexes.version("acme"))
    assert len(versions) == 3
    assert indexes.version("acme") == indexes.version("acme")


def test_a_rebuild_leaves_what_it_is_given_and_tells_how_far_it_is(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [BOILER])
    told: list[int] = []
    indexes.rebuild("acme", iter([GARDEN, note("SM3", "A pump")]), told.append)
    assert found(indexes, "boiler") == set()
    assert found(indexes, "roses pump") == {"SM2", "SM3"}
    assert told == [1, 2]


def test_what_is_near_is_offered_apart_from_what_is_found(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [BOILER, GARDEN])
    assert found(indexes, "boyler") == set()
    assert [hit.message_id for hit in indexes.near("acme", "boyler")] == ["SM1"]
    assert indexes.near("acme", "elephant") == []
    assert indexes.near("bolt", "boyler") == []
    assert indexes.near("acme", "boyler", Scope(sender="ben")) == []


def test_what_is_near_to_a_word_that_no_note_has_comes_behind_what_has_the_others(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [BOILER, GARDEN])
    exact, near = indexes.search("acme", "boyler roses")
    assert (exact.message_id, exact.near, near.message_id, near.near) == ("SM2", (), "SM1", ("boyler",))
    assert exact.score >= near.score
    assert [hit.near for hit in indexes.search("acme", "boiler roses")] == [(), ()]
    assert [hit.message_id for hit in indexes.search("acme", "elephant roses")] == ["SM2"]
    assert [hit.message_id for hit in indexes.search("acme", "boyler roses", Scope(sender="ben"))] == ["SM2"]
