"""Words written as one are found by their parts, in languages that do so, as the company's own notes tell."""

from pathlib import Path

import pytest
import tantivy
from support.account import Account

from ai_voice_shared.domain import Segment
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.search.segment_index import SegmentIndexes


def note(message_id: str, text: str, language: str = "de") -> IndexedNote:
    said = (Segment(0.0, 1.0, text),)
    return IndexedNote(message_id, "other", "sam", "", "2026-11-20T10:00:00.000Z", language, said)


@pytest.fixture
def indexes(account: Account, tmp_path: Path) -> SegmentIndexes:
    return SegmentIndexes(account.store, tmp_path)


def found(indexes: SegmentIndexes, question: str) -> list[str]:
    return [hit.message_id for hit in indexes.search("acme", question)]


FLOOR = note("floor", "Die Fußbodenheizung im Bad ist kalt.")
VALVE = note("valve", "Das Heizungsventil klemmt.")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Heizung", {"floor", "valve"}),
        ("Heizungen", {"floor", "valve"}),
        ("Was ist mit der Heizung?", {"floor", "valve"}),
        ("Ventil", {"valve"}),
        ("Ventile", {"valve"}),
        ("Fußboden", {"floor"}),
        ("Fussboden", {"floor"}),
    ],
)
def test_a_long_part_of_a_compound_finds_it(indexes: SegmentIndexes, asked: str, expected: set[str]) -> None:
    indexes.change("acme", [FLOOR, VALVE])
    assert set(found(indexes, asked)) == expected


@pytest.mark.parametrize(
    ("language", "text", "other", "asked"),
    [
        ("de", "Die Wärmepumpe läuft.", "Es fehlt an Wärme.", "Pumpe"),
        ("de", "Die Wärmepumpe läuft.", "Es fehlt an Wärme.", "Pumpen"),
        ("de", "Die Wärmepumpe läuft.", "Noch eine Pumpe.", "Wärme"),
        ("de", "Am Sonnendach regnet es durch.", "Die Sonne scheint.", "Dach"),
        ("de", "Die Kindersicherung ist lose.", "Ein Kind kam.", "Sicherung"),
        ("de", "Das Tageslicht reicht.", "Ein Tag ist um.", "Licht"),
        ("de", "Die Kellertür klemmt.", "Der Keller ist nass.", "Türen"),
        ("nl", "De verwarmingsketel lekt.", "De verwarming is koud.", "ketel"),
        ("nl", "De vloerverwarming is koud.", "Een natte vloer.", "verwarming"),
        ("nl", "Het pannenrek is los.", "Een pan.", "rekken"),
        ("sv", "Golvvärmen är kall.", "Ett nytt golv.", "värme"),
        ("sv", "Arbetsplatsen är stängd.", "Ett arbete.", "plats"),
        ("da", "Sikkerhedsventilen drypper.", "For din sikkerhed.", "ventil"),
        ("da", "Varmepumpen står stille.", "Her er ingen varme.", "pumpe"),
        ("nb", "Sikkerhetsventilen drypper.", "For din sikkerhet.", "ventil"),
        ("nb", "Gulvvarmen er kald.", "Et nytt gulv.", "varme"),
        ("fi", "Lattialämmitys on kylmä.", "Lattia on märkä.", "lämmitys"),
        ("fi", "Lämpöpumppu seisoo.", "Uusi pumppu.", "lämpö"),
    ],
)
def test_a_part_finds_a_compound_whose_rest_is_a_word_of_the_notes(
    indexes: SegmentIndexes, language: str, text: str, other: str, asked: str
) -> None:
    indexes.change("acme", [note("compound", text, language), note("rest", other, language)])
    assert found(indexes, asked) == ["compound"]


@pytest.mark.parametrize("asked", ["Ball", "Last", "Auto", "Leitung", "Ring", "Matte"])
def test_what_only_begins_or_ends_with_the_asked_letters_is_no_compound(indexes: SegmentIndexes, asked: str) -> None:
    indexes.change("acme", [note("others", "Der Ballast, die Automatik, die Anleitung, der Hering, die Automatte.")])
    assert found(indexes, asked) == []


def test_it_is_a_compound_once_the_rest_is_a_word_of_the_notes_whichever_came_first(indexes: SegmentIndexes) -> None:
    ballast, branch = note("ballast", "Der Ballast muss weg."), note("branch", "Ein Ast fiel um.")
    indexes.change("acme", [ballast])
    assert found(indexes, "Ball") == []
    indexes.change("acme", [branch])
    assert found(indexes, "Ball") == ["ballast"]
    indexes.change("acme", [], ["branch"])
    assert found(indexes, "Ball") == []
    indexes.rebuild("acme", [branch, ballast], lambda _count: None)
    assert found(indexes, "Ball") == ["ballast"]


def test_the_word_itself_comes_before_its_compounds(indexes: SegmentIndexes) -> None:
    many = [note(f"many{place}", "Das Heizungsventil, das Heizungsventil, die Fußbodenheizung.") for place in range(9)]
    indexes.change("acme", [*many, note("itself", "Unsere alte Heizung im Keller des Hauses ist seit gestern defekt.")])
    assert found(indexes, "Heizung")[0] == "itself"
    assert found(indexes, "Was ist mit der defekten Heizung im Keller?")[0] == "itself"


def test_what_was_found_says_which_compounds_were_looked_for(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [FLOOR, VALVE])
    assert {hit.compounds for hit in indexes.search("acme", "Ventil")} == {("heizungsventil",)}
    assert indexes.search("acme", "Bad")[0].compounds == ()


def test_no_more_compounds_are_looked_for_than_a_search_can_bear(indexes: SegmentIndexes) -> None:
    fronts = [f"{one}{other}" for one in ("Gar", "Kel", "Zim", "Fel") for other in ("ten", "ler", "mer", "der", "sen")]
    asked = ["Pumpe", "Ventil", "Leitung", "Schalter", "Heizung", "Kessel"]
    indexes.change(
        "acme", [note(f"{one}{other}", f"{one}{other.lower()} und {one}") for one in fronts for other in asked]
    )
    (hit, *_) = indexes.search("acme", " ".join(asked))
    assert len(hit.compounds) == 100


def test_other_languages_hold_and_find_no_parts(indexes: SegmentIndexes, tmp_path: Path) -> None:
    indexes.change("acme", [note("en", "The doorbell and the firehouse.", "en"), note("en2", "A fire.", "en")])
    assert found(indexes, "house bell") == []
    assert reversed_words(tmp_path) == []


def test_a_removed_note_leaves_no_reversed_words(indexes: SegmentIndexes, tmp_path: Path) -> None:
    indexes.change("acme", [FLOOR, VALVE])
    assert "<litnevsgnuzieh" in reversed_words(tmp_path)
    indexes.change("acme", [], ["valve"])
    assert "<litnevsgnuzieh" not in reversed_words(tmp_path)


def reversed_words(folder: Path) -> list[str]:
    levels = sorted(path.parent for path in (folder / "acme").rglob("meta.json"))
    searchers = [tantivy.Index.open(str(level)).searcher() for level in levels]
    return [word for searcher in searchers for word, _ in searcher.terms_with_prefix("text", "<")]
