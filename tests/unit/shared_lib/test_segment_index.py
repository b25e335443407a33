"""The company's index finds what its notes say, after notes are added, replaced or removed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import tantivy
from support.account import Account
from support.models import Meanings
from support.vowel_signs import OTHER_WRITING, SPOKEN

from ai_voice_shared.domain import Segment
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.search.model import Hit, IndexedNote, Scope
from ai_voice_shared.search.segment_index import SegmentIndexes


def note(message_id: str, *texts: str, **changes: Any) -> IndexedNote:
    segments = tuple(Segment(float(place), place + 1.0, text) for place, text in enumerate(texts))
    made = IndexedNote(message_id, "job-to-be-done", "sam", "Sam", "2026-11-20T10:00:00.000Z", "en", segments)
    return replace(made, **changes)


BOILER = note("SM1", "We promised Mrs Hill a new boiler.")
INVOICE = note(
    "SM2",
    "The invoice for the boiler is still open.",
    intent="knowledge-document",
    sender="ann",
    sender_name="Ann",
    received_at="2026-11-21T10:00:00.000Z",
)
ROOF = note("SM3", "Roof tiles arrive on Monday.")


@pytest.fixture
def indexes(account: Account, tmp_path: Path) -> SegmentIndexes:
    made = SegmentIndexes(account.store, tmp_path)
    made.change("acme", [BOILER, INVOICE, ROOF])
    return made


def found(indexes: SegmentIndexes, question: str, scope: Scope = Scope()) -> list[str]:  # noqa: B008 - frozen
    return [hit.message_id for hit in indexes.search("acme", question, scope)]


def test_a_note_is_found_by_what_it_says_and_who_sent_it(indexes: SegmentIndexes) -> None:
    assert found(indexes, "What did we promise?") == ["SM1"]
    assert found(indexes, "What did Ann say?") == ["SM2"]
    assert found(indexes, "submarine") == []


def test_another_company_finds_nothing_of_it(indexes: SegmentIndexes) -> None:
    indexes.change("bolt", [note("SM9", "A boiler elsewhere.")])
    assert [hit.message_id for hit in indexes.search("bolt", "boiler")] == ["SM9"]
    assert "SM9" not in found(indexes, "boiler")


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(intent="knowledge-document"), ["SM2"]),
        (Scope(sender="sam"), ["SM1"]),
        (Scope(since="2026-11-21T10:00:00.000Z"), ["SM2"]),
        (Scope(until="2026-11-21T10:00:00.000Z"), ["SM1"]),
        (Scope(since="2026-11-20T10:00:00.001Z", until="2026-11-21T10:00:00.000Z"), []),
        (Scope(notes=("SM2", "SM3")), ["SM2"]),
        (Scope(sender="ann", notes=("SM1",)), []),
    ],
)
def test_a_scope_holds_exactly_what_it_says(indexes: SegmentIndexes, scope: Scope, expected: list[str]) -> None:
    assert found(indexes, "boiler", scope) == expected


def test_a_rare_note_in_scope_is_found_behind_any_number_of_better_ones(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [note(f"MM{number}", "boiler boiler boiler") for number in range(300)])
    assert found(indexes, "boiler", Scope(sender="ann")) == ["SM2"]


def test_a_stretch_of_a_long_note_is_found_with_its_place(indexes: SegmentIndexes) -> None:
    talk = [f"We talk of garden fence number {place} and nothing else at all." for place in range(100)]
    talk[60] = "The submarine needs a new periscope."
    indexes.change("acme", [note("SM4", *talk)])
    hits = indexes.search("acme", "periscope of the submarine", Scope(notes=("SM4",)))
    assert hits[0].first <= 60 <= hits[0].last
    assert hits[0].last - hits[0].first < 20
    places = [place for hit in indexes.search("acme", "fence", limit=50) for place in range(hit.first, hit.last + 1)]
    assert len(places) == len(set(places))


def test_the_best_come_first_and_no_more_than_asked_for(indexes: SegmentIndexes) -> None:
    hits = indexes.search("acme", "boiler invoice", limit=1)
    assert hits == [Hit("SM2", 0, 0, hits[0].score)]
    scores = [hit.score for hit in indexes.search("acme", "boiler invoice roof")]
    assert scores == sorted(scores, reverse=True)


def test_a_note_added_twice_is_found_once(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [BOILER])
    indexes.change("acme", [BOILER, BOILER])
    assert found(indexes, "promised") == ["SM1"]


def test_a_corrected_note_is_found_by_its_new_words_alone(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [note("SM1", "We promised a heat pump.")])
    assert found(indexes, "heat pump") == ["SM1"]
    assert found(indexes, "Hill") == []


def test_a_removed_note_leaves_none_of_its_words(indexes: SegmentIndexes, tmp_path: Path) -> None:
    indexes.change("acme", [], ["SM1"])
    assert found(indexes, "boiler") == ["SM2"]
    assert documents_with(tmp_path, "promis") == [0, 0]
    assert documents_with(tmp_path, "boiler") == [1, 1]


def test_even_a_large_index_keeps_no_word_of_a_removed_note(indexes: SegmentIndexes, tmp_path: Path) -> None:
    many = (note(f"MM{number}", "radiator") for number in range(20_000))
    indexes.rebuild("acme", [BOILER, *many], lambda _count: None)
    indexes.change("acme", [], ["SM1"])
    assert documents_with(tmp_path, "promis") == [0, 0]
    assert documents_with(tmp_path, "radiat") == [20_000, 20_000]


def test_a_change_that_changes_nothing_writes_nothing(indexes: SegmentIndexes) -> None:
    before = indexes.version("acme")
    indexes.change("acme", [], ["SM99"])
    assert indexes.version("acme") == before


def test_the_version_changes_with_the_index(indexes: SegmentIndexes) -> None:
    before = indexes.version("acme")
    indexes.change("acme", [], ["SM1"])
    assert indexes.version("acme") not in {before, ""}


def test_an_emptied_index_finds_nothing_and_can_be_filled_again(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [], ["SM1", "SM2", "SM3"])
    assert found(indexes, "boiler roof") == []
    indexes.change("acme", [BOILER])
    assert found(indexes, "boiler") == ["SM1"]


def test_many_appends_leave_few_files(indexes: SegmentIndexes, tmp_path: Path) -> None:
    for number in range(20):
        indexes.change("acme", [note(f"MM{number}", f"radiator {number}")])
    assert len(indexes.search("acme", "radiator", limit=50)) == 20
    assert len(list(tmp_path.rglob("units/*.term"))) <= 8


def test_a_rebuild_holds_exactly_the_notes_it_is_given_and_tells_how_far_it_is(indexes: SegmentIndexes) -> None:
    told: list[int] = []
    indexes.rebuild("acme", iter([ROOF, note("SM5", "A new boiler."), ROOF]), told.append)
    assert told == [1, 2]
    assert found(indexes, "boiler") == ["SM5"]
    assert found(indexes, "roof") == ["SM3"]


def test_notes_of_several_languages_are_found_by_other_forms_of_their_words(indexes: SegmentIndexes) -> None:
    german = note("SM6", "Die Heizungen werden am Montag geliefert.", language="de-DE")
    japanese = note("SM7", "明日の会議で議事録を確認します。", language="ja")
    unknown = note("SM8", "Schůzka v kavárně", language="")
    indexes.change("acme", [german, japanese, unknown])
    assert found(indexes, "Was wurde über die Heizung gesagt?") == ["SM6"]
    assert found(indexes, "議事録") == ["SM7"]
    assert found(indexes, "schuzka") == ["SM8"]
    assert found(indexes, "promises") == ["SM1"]


def test_a_note_without_words_is_no_obstacle(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [note("SM6"), note("SM7", "")])
    assert found(indexes, "roof") == ["SM3"]


@pytest.fixture
def embedder() -> Meanings:
    return Meanings()


@pytest.fixture
def meaning(account: Account, tmp_path: Path, embedder: Meanings) -> SegmentIndexes:
    made = SegmentIndexes(account.store, tmp_path, embedder)
    made.change("acme", [BOILER, INVOICE, ROOF])
    return made


def test_a_note_is_found_by_what_it_means(meaning: SegmentIndexes) -> None:
    assert set(found(meaning, "furnace")[:2]) == {"SM1", "SM2"}
    assert found(meaning, "furnace", Scope(sender="ann")) == ["SM2"]
    assert found(meaning, "furnace", Scope(notes=("SM1",))) == ["SM1"]
    assert found(meaning, "furnace", Scope(intent="knowledge-document")) == ["SM2"]
    assert found(meaning, "furnace", Scope(until="2026-11-21T10:00:00.000Z"))[0] == "SM1"


def test_what_vectors_cost_is_told_by_note_and_for_a_question(
    account: Account, embedder: Meanings, tmp_path: Path
) -> None:
    indexes = SegmentIndexes(account.store, tmp_path / "counted", embedder)
    cost = indexes.change("bolt", [BOILER, INVOICE])
    assert set(cost) == {"SM1", "SM2"}
    assert min(cost.values()) > 0
    assert indexes.change("bolt", [], ["SM2"]) == {}
    assert indexes.rebuild("bolt", [BOILER, INVOICE], lambda _count: None) == sum(cost.values())
    spent: list[int] = []
    indexes.search("bolt", "Which furnace is it?", spend=spent.append)
    assert spent == [4]
    embedder.fails = True
    indexes.search("bolt", "Which furnace is it?", spend=spent.append)
    assert spent == [4]


def test_words_and_meaning_together_beat_either(meaning: SegmentIndexes) -> None:
    assert found(meaning, "promised furnace")[0] == "SM1"


def test_vectors_follow_what_is_added_and_removed(meaning: SegmentIndexes) -> None:
    meaning.change("acme", [note("SM4", "A heater in the cellar.")], ["SM1", "SM2"])
    assert found(meaning, "furnace")[0] == "SM4"
    assert not {"SM1", "SM2"} & set(found(meaning, "furnace"))


def test_while_the_embedder_does_not_answer_words_alone_are_searched(
    meaning: SegmentIndexes, embedder: Meanings
) -> None:
    embedder.fails = True
    assert found(meaning, "boiler") == ["SM1", "SM2"]
    with pytest.raises(RetryLater):
        meaning.change("acme", [note("SM4", "A heater.")])


@pytest.mark.parametrize("changed", [Meanings("other"), Meanings(dimensions=768)])
def test_vectors_of_another_model_are_not_compared_and_a_rebuild_is_named(
    changed: Meanings, account: Account, meaning: SegmentIndexes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert found(meaning, "furnace")
    other = SegmentIndexes(account.store, tmp_path / "other", changed)
    assert found(other, "furnace") == []
    assert found(other, "boiler") == ["SM1", "SM2"]
    assert "run make index-rebuild COMPANY=acme" in capsys.readouterr().out
    other.change("acme", [note("SM4", "A heater.")])
    assert "run make index-rebuild COMPANY=acme" in capsys.readouterr().out
    assert found(other, "furnace") == []
    other.rebuild("acme", [BOILER, note("SM4", "A heater.")], lambda _count: None)
    assert set(found(other, "furnace")) == {"SM1", "SM4"}


@pytest.mark.parametrize("dimensions", [4, 768, 3072])
def test_vectors_may_have_any_length(account: Account, tmp_path: Path, dimensions: int) -> None:
    indexes = SegmentIndexes(account.store, tmp_path, Meanings("own", dimensions))
    indexes.change("acme", [note("SM5")])
    assert found(indexes, "furnace") == []
    indexes.change("acme", [BOILER, ROOF])
    indexes.change("acme", [INVOICE])
    assert set(found(indexes, "furnace")[:2]) == {"SM1", "SM2"}
    later = SegmentIndexes(account.store, tmp_path / "later", Meanings("own", dimensions))
    assert set(found(later, "furnace")[:2]) == {"SM1", "SM2"}


def test_a_writer_without_an_embedder_leaves_words_alone(
    account: Account, meaning: SegmentIndexes, tmp_path: Path
) -> None:
    SegmentIndexes(account.store, tmp_path / "other").change("acme", [note("SM4", "A heater.")])
    later = SegmentIndexes(account.store, tmp_path / "later", Meanings())
    assert found(later, "furnace") == []
    assert found(later, "heater") == ["SM4"]
    assert meaning.version("acme")


def documents_with(folder: Path, word: str) -> list[int]:
    """In how many documents of each level the word is, removed ones included."""
    levels = sorted(path.parent for path in (folder / "acme").rglob("meta.json"))
    return [tantivy.Index.open(str(level)).searcher().doc_freq("text", word) for level in levels]


@pytest.fixture
def many_scripts(account: Account, tmp_path: Path) -> SegmentIndexes:
    made = SegmentIndexes(account.store, tmp_path)
    made.change(
        "acme", [note(f"SM{place}", text, language=language) for place, (language, text, _) in enumerate(SPOKEN)]
    )
    return made


@pytest.mark.parametrize(("language", "text", "word"), SPOKEN)
def test_a_word_with_vowel_signs_finds_the_note_that_says_it_and_half_of_it_does_not(
    many_scripts: SegmentIndexes, language: str, text: str, word: str
) -> None:
    place = SPOKEN.index((language, text, word))
    assert found(many_scripts, word)[0] == f"SM{place}"
    if language in {"hi", "bn", "ta", "te", "ml", "si"}:
        assert found(many_scripts, word[:2]) == []


@pytest.mark.parametrize(("language", "text", "word"), OTHER_WRITING)
def test_a_word_is_found_whichever_way_it_is_written(
    indexes: SegmentIndexes, language: str, text: str, word: str
) -> None:
    indexes.change("acme", [note("SM9", text, language=language)])
    assert found(indexes, word) == ["SM9"]


@pytest.mark.parametrize("character", ["น้ำ", "泵", "물"])
def test_a_word_of_one_character_is_found_inside_unspaced_text(indexes: SegmentIndexes, character: str) -> None:
    indexes.change("acme", [note("SM9", "ปั๊มน้ำเสีย 水泵坏了 물이새요", language="")])
    assert found(indexes, character) == ["SM9"]


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("ta", "தொலைத்தொடர்புத்துறையினருக்கு"),
        ("hi", "अंतर्राष्ट्रीयकरणीयताओं"),
        ("de", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"),
        ("en", "x" * 300),
    ],
)
def test_a_word_of_more_than_forty_bytes_is_found(indexes: SegmentIndexes, language: str, word: str) -> None:
    assert len(word.encode()) > 40
    indexes.change("acme", [note("SM9", f"12 {word} 34", language=language)])
    assert found(indexes, word) == ["SM9"]


SCATTERED = note("SM7", "The valve is main, and off is the shut valve behind the main.")
TOGETHER = note("SM8", "The main shut-off valve is behind the washing machine.")


def test_words_in_the_asked_order_beat_the_same_words_scattered(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [SCATTERED, TOGETHER])
    assert found(indexes, "main shut-off valve") == ["SM8", "SM7"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('"main shut-off valve"', ["SM8"]),
        ("“main shut-off valve”", ["SM8"]),
        ("„main shut-off“ «washing machine»", ["SM8"]),
        ('"main shutoff valve"', []),
        ('"shutoff"', ["SM8"]),
        ('"main" machine', ["SM8", "SM7"]),
        ('"valve main"', []),
        ('"', []),
    ],
)
def test_quotation_marks_demand_their_phrase_where_that_is_asked_for(
    indexes: SegmentIndexes, typed: str, expected: list[str]
) -> None:
    indexes.change("acme", [SCATTERED, TOGETHER])
    assert [hit.message_id for hit in indexes.search("acme", typed, verbatim=True)] == expected


def test_in_a_question_quotation_marks_demand_nothing(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [SCATTERED])
    assert found(indexes, 'What of the "main shut-off valve"?') == ["SM7"]


def test_a_phrase_of_unspaced_words_is_demanded_too(indexes: SegmentIndexes) -> None:
    indexes.change(
        "acme", [note("SM5", "七号楼的水泵坏了", language="zh"), note("SM6", "水坏了。泵七号", language="zh")]
    )
    assert [hit.message_id for hit in indexes.search("acme", '"水泵坏"', verbatim=True)] == ["SM5"]
